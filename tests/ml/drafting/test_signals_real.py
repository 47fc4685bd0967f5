"""Drafts of clips that were really tracked, whose truth is known or was seen by eye."""

from __future__ import annotations

from pathlib import Path

import pytest

from ml.drafting.protocols import Drafted, Failed
from ml.drafting.signals import draft_from_record
from ml.records import FaceRecord
from ml.tracking.analysis import analyse
from ml.tracking.decoding import decoded
from ml.video.streaming import SampledFrame, StreamHeader
from tests.ml.winking import close_eye

SHARED = Path(__file__).parents[4] / "shared" / "data" / "clips"


def sentences(record: FaceRecord) -> list[tuple[str, list[int], str]]:
    answer = draft_from_record(record)
    assert isinstance(answer, Drafted)
    assert isinstance(answer.content, dict)
    changes = answer.content["facial_changes"]
    return [(item["phase"], item["frames"], item["text"]) for item in changes]


def test_a_portrait_that_smiles_all_along_and_blinks(face_models, portrait):
    looked = face_models.detector(portrait)
    points = face_models.landmarker(portrait, looked.boxes, looked.landmarks).points[0]
    blink = close_eye(close_eye(portrait, points, "left"), points, "right")
    pictures = [portrait] * 16 + [blink] * 3 + [portrait] * 5
    height, width = portrait.shape[:2]
    header = StreamHeader(width, height, 1.0, width, height, 2 * len(pictures), 16)
    frames = (SampledFrame(2 * n, n / 16, picture) for n, picture in enumerate(pictures))
    smile, blinked = sentences(analyse(frames, header, face_models).record)
    assert smile[:2] == ("throughout", [0, 48])
    assert "the corners of the mouth raised" in smile[2]
    assert blinked[1] == [32, 38]
    assert "the person blinks." in blinked[2]


# The shared clips may not be copied here; the portrait above is their twin.
if SHARED.exists():

    @pytest.fixture(scope="module")
    def tracked(face_models):
        def track(name: str) -> FaceRecord:
            with decoded(SHARED / name) as (header, frames):
                return analyse(frames, header, face_models).record

        return track

    def test_a_man_who_grins_and_blinks(tracked):
        grin, blink = sentences(tracked("single_face.mp4"))
        assert grin[1] == [19, 71]
        assert "the corners of the mouth" in grin[2]
        assert blink[1] == [26, 30]
        assert "blinks" in blink[2]

    def test_a_clip_without_a_face(tracked):
        answer = draft_from_record(tracked("no_face.mp4"))
        assert isinstance(answer, Failed)
        assert answer.code == "no_face"
