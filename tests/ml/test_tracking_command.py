"""`python -m ml track`: records and drawn videos of many clips, one line for each."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from ml.__main__ import main
from ml.records import FaceRecord
from ml.tracking.batch import Batch
from ml.tracking.listing import ManifestRefused, list_clips
from ml.tracking.rendering import faces_in
from ml.tracking.settings import TrackingSettings
from ml.video.probing import probe
from tests.clips import Recipe, make_clip, steady
from tests.ml.scripted_faces import Person, Scene, away, between, still

# Thirty frames a second, of which sixteen are looked at; an odd height, which H.264 cannot have.
CLIP = Recipe("clip.mkv", *steady(Fraction(30), 15), codec="ffv1", width=160, height=95)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in" / "below").mkdir(parents=True)
    make_clip(tmp_path / "in" / "below" / CLIP.name, CLIP)
    (tmp_path / "in" / "broken.mp4").write_bytes(b"no video")
    (tmp_path / "in" / "notes.txt").write_text("Not a clip.")
    return tmp_path / "in"


def batch(tmp_path, *people: Person, is_rendered=False) -> Batch:
    return Batch(tmp_path / "out", Scene(list(people), 8).models, TrackingSettings(), is_rendered)


def test_a_folder_is_all_its_clips_by_name(folder):
    assert [clip.name for clip in list_clips(folder)] == ["below/clip.mkv", "broken.mp4"]


def test_a_manifest_names_clips_below_itself(tmp_path):
    manifest = tmp_path / "clips.jsonl"
    manifest.write_text('{"video": "below/one.mp4", "emotion": "joy"}\n\n{"video": "two.mp4"}\n')
    clips = list_clips(manifest)
    assert [clip.name for clip in clips] == ["below/one.mp4", "two.mp4"]
    assert clips[0].path == tmp_path / "below" / "one.mp4"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("video", "Line 2 is not JSON"),
        ("[]", "Line 2 names no video"),
        ('{"video": 3}', "Line 2 names no video"),
        ('{"video": "../secret.mp4"}', "Line 2: the video must lie below"),
        ('{"video": "/secret.mp4"}', "Line 2: the video must lie below"),
    ],
)
def test_a_manifest_says_which_line_is_wrong(tmp_path, line, reason):
    manifest = tmp_path / "clips.jsonl"
    manifest.write_text(f'{{"video": "one.mp4"}}\n{line}\n')
    with pytest.raises(ManifestRefused, match=reason):
        list_clips(manifest)
    assert main(["track", str(manifest), "--out", str(tmp_path)]) == 1


def test_each_clip_has_its_record_and_a_broken_one_its_reason(tmp_path, folder):
    good, broken = list_clips(folder)
    tracking = batch(tmp_path, Person("ada", still(80, 48, 40)))
    line = tracking.track(good)
    assert (line["frames"], line["tracks"], line["main"], line["rule"]) == (8, 1, [1], "one_track")
    record = FaceRecord.parse_gzip((tmp_path / "out" / "below" / "clip.mkv.json.gz").read_bytes())
    assert (record.frame_count, record.width, record.height) == (15, 160, 95)
    assert record.frames == [0, 2, 4, 6, 7, 9, 11, 13]
    assert record.screening.duration_s == pytest.approx(0.5, abs=0.001)
    refused = tracking.track(broken)
    assert refused["error"] == "not_a_video"
    missing = tracking.track(type(good)("gone.mp4", folder / "gone.mp4"))
    assert "error" in missing
    assert [path.name for path in (tmp_path / "out").rglob("*.*")] == ["clip.mkv.json.gz"]


def test_the_drawn_video_has_the_clip_s_frames_and_times(tmp_path, folder):
    clip = list_clips(folder)[0]
    line = batch(tmp_path, Person("ada", still(80, 48, 40)), is_rendered=True).track(clip)
    assert "error" not in line
    drawn = probe(tmp_path / "out" / "below" / "clip.mkv.tracks.mp4")
    original = probe(clip.path)
    assert (drawn.frame_count, drawn.width, drawn.height) == (15, 160, 94)
    for ours, theirs in zip(drawn.pts, original.pts, strict=True):
        seconds = ours * Fraction(*drawn.time_base) - theirs * Fraction(*original.time_base)
        assert abs(seconds) <= Fraction(1, 10_000)


def test_between_two_observations_a_face_moves_evenly(tmp_path, folder):
    path = away(between((40, 48, 40), (110, 48, 40), 8), range(2, 4))
    clip = list_clips(folder)[0]
    batch(tmp_path, Person("ada", path)).track(clip)
    record = FaceRecord.parse_gzip((tmp_path / "out" / "below" / "clip.mkv.json.gz").read_bytes())
    lefts = [face.box[0] for index in range(15) for face in faces_in(record, index)]
    # Ten pixels a sampled frame; the last frame comes after the last observation.
    assert lefts == pytest.approx([20, 25, 30, 36, 42, 48, 54, 60, 65, 70, 75, 80, 85, 90], abs=2.1)


def test_without_networks_the_command_says_how_to_get_them(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "none"))
    (tmp_path / "clips").mkdir()
    assert main(["track", str(tmp_path / "clips"), "--out", str(tmp_path / "out")]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["error"] == "weights_missing"
    assert "fetch-models" in answer["message"]
