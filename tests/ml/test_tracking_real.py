"""What the real networks make of clips whose truth is known or was seen by eye."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from ml.records import FaceEvent, FaceRecord
from ml.tracking.analysis import analyse
from ml.video.streaming import SampledFrame, StreamHeader, read_header, stream_frames
from tests.ml.winking import close_eye

SHARED = Path(__file__).parents[3] / "shared" / "data" / "clips"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared clips are not here")


def tracked(pictures, face_models) -> FaceRecord:
    height, width = pictures[0].shape[:2]
    header = StreamHeader(width, height, 1.0, width, height, 2 * len(pictures), 16)
    frames = (SampledFrame(2 * n, n / 16, picture) for n, picture in enumerate(pictures))
    return analyse(frames, header, face_models).record


def events_of(record: FaceRecord, kind: str) -> list[FaceEvent]:
    return [event for event in record.signals[0].events if event.kind == kind]


def test_a_wink_and_a_blink_have_their_frames_and_the_subject_s_side(face_models, portrait):
    mesh = _mesh(face_models, portrait)
    wink = close_eye(portrait, mesh, "left")
    blink = close_eye(wink, mesh, "right")
    pictures = [portrait] * 6 + [wink] * 4 + [portrait] * 6 + [blink] * 3 + [portrait] * 5
    record = tracked(pictures, face_models)
    assert [(event.start, event.stop, event.side) for event in events_of(record, "blink")] == [
        (12, 20, "left"),
        (32, 38, "both"),
    ]
    # She smiles all the time.
    (smile,) = events_of(record, "smile")
    assert (smile.start, smile.stop) == (0, 48)


def test_a_face_is_followed_where_it_was_moved_and_found_again_after_a_cut(face_models, portrait):
    places = [(20 + 9 * step, 10, 200 + 4 * step) for step in range(16)]
    shots = [_scene(portrait, place) for place in places]
    empty = np.full_like(shots[0], (40, 90, 160))
    record = tracked(shots[:8] + [empty] * 6 + shots[8:], face_models)
    (track,) = record.tracks
    assert track.at == [*range(8), *range(14, 22)]
    assert record.cuts == [16, 28]
    assert track.tracklets == [[0, 8], [8, 16]]
    # Of the portrait's 320 pixels the face takes these.
    for box, (left, top, side) in zip(track.boxes, places, strict=True):
        expected = np.array([115, 55, 208, 180]) * side / 320 + [left, top, left, top]
        np.testing.assert_allclose(np.array(box) / 10, expected, atol=12)


def _scene(portrait, place):
    left, top, side = place
    rgb = np.full((300, 420, 3), (190, 180, 170), np.uint8)
    small = cv2.resize(portrait, (side, side), interpolation=cv2.INTER_AREA)
    rgb[top : top + side, left : left + side] = small
    return rgb


def _mesh(face_models, portrait):
    found = face_models.detector(portrait)
    return face_models.landmarker(portrait, found.boxes, found.landmarks).points[0]


@needs_shared
def test_a_real_smile_has_its_onset_and_its_end(face_models):
    """Seen by eye: the corners rise from frame 18 on and are down at 71; the eyes close at 26."""
    path = SHARED / "single_face.mp4"
    record = analyse(stream_frames(path), read_header(path), face_models).record
    (track,) = record.tracks
    assert (track.is_main, len(track.at)) == (True, 39)
    (smile,) = events_of(record, "smile")
    assert smile.start == pytest.approx(19, abs=2)
    assert smile.stop == pytest.approx(71, abs=2)
    (blink,) = events_of(record, "blink")
    assert blink.start == pytest.approx(26, abs=2)
    assert blink.side == "both"


@needs_shared
def test_a_cartoon_has_no_face(face_models):
    path = SHARED / "no_face.mp4"
    frames = list(stream_frames(path, rate=4))
    record = analyse(frames, read_header(path, rate=4), face_models).record
    assert (record.tracks, record.screening.has_face) == ([], False)
