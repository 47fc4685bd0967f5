"""`python -m ml draft`: a line for each clip, and a second run that goes on with the first."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from ml.__main__ import main
from ml.drafting.signals import GENERATOR
from tests.ml.drafting.made_records import face, record


@pytest.fixture
def clips(tmp_path):
    """Three clips whose records lie in a folder, one of them without a face."""
    folder = tmp_path / "clips"
    (folder / "below").mkdir(parents=True)
    (tmp_path / "records" / "below").mkdir(parents=True)
    records = {
        "below/turn.mp4": record(face(("yaw", 25, 20, 30))),
        "empty.mp4": record(),
        "smile.mp4": record(face(("smile", 0.8, 20, 40))),
    }
    for name, found in records.items():
        (folder / name).touch()
        (tmp_path / "records" / f"{name}.json.gz").write_bytes(found.to_gzip())
    return folder


@pytest.fixture
def draft(tmp_path, clips, capsys):
    def run(*options: str):
        paths = (f"--out={tmp_path / 'drafts.jsonl'}", f"--records={tmp_path / 'records'}")
        code = main(["draft", str(clips), "--model=signals", *paths, *options])
        return code, json.loads(capsys.readouterr().out.splitlines()[-1])

    return run


@pytest.fixture
def lines(tmp_path):
    return lambda: [json.loads(line) for line in (tmp_path / "drafts.jsonl").open()]


def test_each_clip_has_its_draft_or_its_reason(draft, lines):
    code, answer = draft()
    assert code == 0
    assert (answer["drafted"], answer["failed"], answer["kept"]) == (2, 1, 0)
    turn, empty, smile = lines()
    assert [turn["video"], smile["video"]] == ["below/turn.mp4", "smile.mp4"]
    assert turn["generator"] == GENERATOR
    assert "head" in turn["document"]["summary"]["text"]
    assert (empty["video"], empty["error"]) == ("empty.mp4", "no_face")


def test_a_second_run_keeps_what_is_done_and_tries_again_what_failed(tmp_path, draft, lines):
    draft()
    found = record(face(("blink", 0.8, 20, 22)))
    (tmp_path / "records" / "empty.mp4.json.gz").write_bytes(found.to_gzip())
    (tmp_path / "records" / "smile.mp4.json.gz").write_bytes(b"damaged since")
    _, answer = draft()
    assert (answer["drafted"], answer["failed"], answer["kept"]) == (1, 0, 2)
    assert [line["video"] for line in lines()] == ["below/turn.mp4", "smile.mp4", "empty.mp4"]
    assert all("document" in line for line in lines())


def test_a_line_that_was_being_written_when_the_run_was_killed_is_written_again(
    tmp_path, draft, lines
):
    draft()
    whole = lines()
    out = tmp_path / "drafts.jsonl"
    out.write_text(out.read_text()[:-40])
    draft()
    assert [line["document"] for line in lines() if "document" in line] == [
        line["document"] for line in whole if "document" in line
    ]


def test_other_drafts_are_not_written_over(tmp_path, draft):
    out = tmp_path / "drafts.jsonl"
    out.write_text('{"video": "smile.mp4", "generator": "another", "text": "She smiles."}\n')
    code, answer = draft()
    assert (code, answer["error"]) == (1, "other_drafts")
    assert "She smiles." in out.read_text()


def test_a_damaged_record_has_its_reason(tmp_path, draft, lines):
    (tmp_path / "records" / "smile.mp4.json.gz").write_bytes(b"no record")
    _, answer = draft()
    assert (answer["drafted"], answer["failed"]) == (1, 2)
    assert "damaged" in lines()[-1]["message"]


def test_a_video_that_cannot_be_tracked_has_its_reason(draft, clips, lines, face_models):
    (clips / "new.mp4").write_bytes(b"no video")
    draft()
    reasons = {line["video"]: line["message"] for line in lines() if "error" in line}
    assert "video" in reasons["new.mp4"]


def test_without_networks_the_command_says_how_to_get_them(tmp_path, draft, clips, monkeypatch):
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "none"))
    (clips / "new.mp4").write_bytes(b"no video")
    code, answer = draft()
    assert (code, answer["error"]) == (1, "weights_missing")


def test_probing_a_video_does_not_load_what_drafting_needs():
    program = "import sys, ml.__main__; print('pydantic' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert answer.stdout == "False\n"
