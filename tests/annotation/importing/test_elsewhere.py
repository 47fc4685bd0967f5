"""Records that were not written for us: arrays, published captions, tasks of Label Studio."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

from annotation import captions
from annotation.importing import arrays
from annotation.importing.records import read_record
from annotation.models import Clip

from .starting import from_lines, put, run

TASKS = Path(__file__).parents[2] / "vectors" / "label_studio_tasks.json"


def items(text: str) -> list[bytes]:
    found = list(arrays.numbered_records(BytesIO(text.encode())))
    assert [number for number, _ in found] == list(range(1, len(found) + 1))
    return [item for _, item in found]


@pytest.mark.parametrize("chunk", [1, 7, 65536])
def test_items_of_an_array_come_as_they_stand_in_it(chunk, monkeypatch):
    values = [{"a": '],{"\\'}, {"b": [1, {"c": []}]}, "\\", {}, {"d": "\\\\"}]
    monkeypatch.setattr(arrays, "CHUNK", chunk)
    found = items(f"[{', '.join(json.dumps(value, indent=1) for value in values)} ]\n")
    assert [json.loads(item) for item in found] == values


def test_an_array_that_is_not_whole_has_an_item_that_is_no_json():
    assert items("\ufeff [ ]") == []
    assert items('[{"a": 1},') == [b'{"a": 1}', b""]
    assert items('[{"a": 1}]{') == [b'{"a": 1}', b""]
    assert items('[{"a": 1}, ]') == [b'{"a": 1}', b""]


@pytest.fixture
def record(roots):
    """What is read from a value whose videos all exist."""

    def read(value: object) -> tuple[dict, list]:
        return read_record(json.dumps(value).encode(), lenient=False)

    for name in ("videos/clip-0-clip0.mp4", "videos/clip-1-clip1.mp4", "set/a b.mp4"):
        (roots / name).parent.mkdir(exist_ok=True)
        (roots / name).touch()
    return read


def test_tasks_that_were_exported_bring_the_same_captions_back(record):
    timed, plain = json.loads(TASKS.read_text())
    value, errors = record(timed)
    assert not errors
    assert (value["name"], value["emotion"]) == ("clip-0", "")
    assert [draft["generator"] for draft in value["drafts"]] == [
        "Label Studio",
        "model x",
        "model y",
    ]
    document = captions.parse(value["drafts"][0]["document"])
    assert captions.render(document, "stripped", captions.DATASET_PARTS) == timed["data"]["caption"]
    assert [sentence.phase for sentence in document.facial_changes] == ["beginning", "end"]
    assert [sentence.frames for sentence in document.facial_changes] == [(0, 12), (30, 50)]
    value, _ = record(plain)
    [sentence] = value["drafts"][0]["document"]["facial_changes"]
    assert sentence["text"] == 'He mouths "да" \U0001f642 & <b>[no]</b>.\\'


def region(name: str, **value: object) -> dict[str, object]:
    kind = "timelinelabels" if "ranges" in value else "textarea"
    return {"from_name": name, "to_name": "v", "type": kind, "value": value}


def test_a_task_made_there_brings_plain_text_of_whoever_finished(record):
    box = {"from_name": "b", "type": "videorectangle", "value": {"text": 7}}
    started = {"result": [region("t", text="A cat.")], "was_cancelled": True}
    first = {"result": [box, region("t", text=["A man.", "At first he smiles."])]}
    first["result"].append(
        region("p", ranges=[{"start": 2, "end": 5}], timelinelabels=["beginning"])
    )
    task = {
        "id": 9,
        "data": {"video": "/data/local-files/?d=set/a%20b.mp4", "text": "unused"},
        "annotations": [started, first, {"result": []}, {"result": [region("t", text="He nods.")]}],
        "predictions": [4, 5],
    }
    value, errors = record(task)
    assert not errors
    assert value["video"].endswith("set/a b.mp4")
    generators = [draft["generator"] for draft in value["drafts"]]
    assert generators == ["Label Studio", "Label Studio 2"]
    [change] = value["drafts"][0]["document"]["facial_changes"]
    assert change["text"] == "At first he smiles."
    assert change["frames"] == [1, 5]


def test_ranges_that_fit_no_sentence_are_left_out(record):
    spans = [{"phase": "beginning", "frames": [0, 5]}, {"phase": "beginning", "frames": [5, 9]}]
    draft = {"generator": "x", "caption": "A man. At first he smiles.", "phases": spans}
    value, errors = record({"video": "set/a b.mp4", "drafts": [draft]})
    assert not errors
    assert "frames" not in value["drafts"][0]["document"]["facial_changes"][0]


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"data": 1}, "data"),
        ({"data": {}, "annotations": [{"result": 1}]}, "annotations[0].result"),
        (
            {
                "data": {"video": "set/a b.mp4"},
                "predictions": [{"result": [region("summary", text="He [nods.")]}],
            },
            "drafts[0].text",
        ),
        ({"data": {"name": "no video"}}, "video"),
        ({"id": "1", "video": "set/a b.mp4", "caption": 5}, "drafts[0].caption"),
        ({"id": "1", "video": "set/a b.mp4", "caption": "A man.", "colour": 1}, "colour"),
    ],
)
def test_what_is_wrong_is_told_by_its_field(record, value, field):
    _, [error] = record(value)
    assert str(error["field"]).startswith(field.removesuffix(".text"))
    assert str(error["message"]).endswith(".")


@pytest.mark.django_db
def test_published_captions_are_tried_and_then_brought_in(world, videos, roots):
    put(videos, "plain.mp4", roots / "set/1.mp4")
    put(videos, "other.mp4", roots / "set/2.mp4")
    published = [
        {
            "id": f"000{number}",
            "video": f"set/{number}.mp4",
            "caption": "A man. At first he smiles.",
        }
        for number in (1, 2)
    ]
    broken = json.dumps(
        [*published, {"id": "3", "caption": "A man."}, {**published[0], "video": "absent.mp4"}]
    )
    batch = run(from_lines(world, broken))
    assert [(error["line"], error["field"]) for error in batch.errors] == [
        (3, "video"),
        (4, "video"),
    ]

    text = json.dumps(published, indent=2)
    assert run(from_lines(world, text, dry_run=True)).errors == []
    assert not Clip.objects.exists()
    run(from_lines(world, text))
    clips = Clip.objects.order_by("name")
    assert [clip.name for clip in clips] == ["0001", "0002"]
    assert [draft.generator for clip in clips for draft in clip.drafts.all()] == ["caption"] * 2
