"""The file that tracking leaves behind."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ml.records import (
    FaceEvent,
    FaceRecord,
    RecordRefused,
    Screening,
    Selection,
    TrackRecord,
    TrackSignals,
)

TRACK = TrackRecord(
    number=1,
    is_main=True,
    at=[0, 1, 3],
    boxes=[[10, 20, 110, 140]] * 3,
    scores=[900, 910, 905],
    landmarks=[[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]] * 3,
    tracklets=[[0, 2], [2, 3]],
    mean_area=0.05,
    similarity=0.83,
)
SIGNALS = TrackSignals(
    track=1,
    at=[0, 1, 3],
    values={"smile": [100, None, 800]},
    baselines={"smile": 100},
    events=[FaceEvent("smile", 0, 4, 6, "both", 0.7)],
)
RECORD = FaceRecord(
    backends={"detector": "made-1"},
    width=640,
    height=360,
    frame_count=8,
    rate=16,
    frames=[0, 2, 4, 6],
    cuts=[],
    tracks=[TRACK],
    selection=Selection("one_track", [[0.0, 0.0]], [1], "There is one face."),
    signals=[SIGNALS],
    screening=Screening(0.5, True, 0.05, 1, 0, 0.02, "0" * 48),
)


def changed(**changes: object) -> bytes:
    return json.dumps(json.loads(RECORD.to_json()) | changes).encode()


def test_a_record_is_read_back_as_it_was():
    assert FaceRecord.parse(RECORD.to_json()) == RECORD
    assert FaceRecord.parse_gzip(RECORD.to_gzip()) == RECORD


def test_equal_records_have_equal_bytes():
    again = FaceRecord.parse(changed())
    assert again.to_gzip() == RECORD.to_gzip()
    reordered = replace(RECORD, signals=[replace(SIGNALS, baselines={"yaw": 1, "smile": 2})])
    other = replace(RECORD, signals=[replace(SIGNALS, baselines={"smile": 2, "yaw": 1})])
    assert reordered.to_gzip() == other.to_gzip()


def test_columns_are_whole_numbers():
    columns = json.loads(RECORD.to_json())["tracks"][0]
    columns["boxes"][0][0] = 1.5
    with pytest.raises(RecordRefused, match=r"tracks\.0\.boxes\.0\.0: .*integer"):
        FaceRecord.parse(changed(tracks=[columns]))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "Invalid JSON"),
        (b"[]", "the record: "),
        (changed(schema=2), "schema: Input should be 1"),
        (changed(colour="red"), "colour: "),
        (changed(frames=[0, 2, 2, 6]), "not in order"),
        (changed(frame_count=6), "not in order"),
        (changed(frames=[0, 2, 4]), "positions outside"),
        (changed(tracks=[]), "other tracks"),
        (changed(screening={}), r"screening\.duration_s: Field required"),
    ],
)
def test_a_damaged_record_is_refused_where_it_is_wrong(text, reason):
    with pytest.raises(RecordRefused, match=reason):
        FaceRecord.parse(text)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"scores": [900]}, "differ in length"),
        ({"tracklets": [[0, 2]]}, "do not cover"),
        ({"tracklets": [[0, 2], [1, 3]]}, "do not cover"),
        ({"boxes": [[1, 2, 3]] * 3}, "at least 4 items"),
    ],
)
def test_a_track_of_another_shape_is_refused(changes, reason):
    track = json.loads(RECORD.to_json())["tracks"][0] | changes
    with pytest.raises(RecordRefused, match=reason):
        FaceRecord.parse(changed(tracks=[track]))


def test_an_event_has_its_peak_within():
    with pytest.raises(ValueError, match="peak lies outside"):
        FaceEvent("blink", 4, 6, 6, "both", 0.5)


def test_a_file_cut_short_is_refused():
    with pytest.raises(RecordRefused, match="damaged"):
        FaceRecord.parse_gzip(RECORD.to_gzip()[:-20])
