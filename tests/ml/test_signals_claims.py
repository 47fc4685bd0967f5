"""What a sentence claims, and whether the curves show it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ml.records import FaceRecord
from ml.signals.checking import CURVES, PHASES, check_sentence, checked_range
from ml.signals.claims import find_claims
from ml.tracking.analysis import analyse
from tests.ml import claim_checks
from tests.ml.scripted_faces import STEP, Person, Scene, still

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "claims.json").read_text())
CHECKS = claim_checks.load()
LENGTH = 40
COUNT = STEP * LENGTH


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"] or "nothing")
def test_a_sentence_claims_what_it_says(vector):
    text = vector["text"]
    found = [
        [claim.movement, claim.direction, claim.is_denied, text[claim.start : claim.stop]]
        for claim in find_claims(text)
    ]
    assert found == vector["claims"]


@pytest.mark.parametrize("vector", CHECKS["checks"], ids=lambda vector: vector["text"])
def test_the_check_that_the_browser_makes_too(vector):
    frames = tuple(vector["frames"]) if vector["frames"] else None
    record = claim_checks.record_of(CHECKS["record"])
    found = check_sentence(vector["text"], record, frames=frames, phase=vector["phase"])
    assert [[one.verdict, one.signal, one.track] for one in found] == vector["findings"]


@pytest.mark.parametrize("vector", CHECKS["ranges"], ids=str)
def test_the_frames_that_a_phase_may_mean(vector):
    found = checked_range(None, vector["phase"], vector["frame_count"])
    assert list(found) == vector["range"]


def during(*frames: range):
    return lambda frame: any(frame in span for span in frames)


SMILING, WINKING, TURNED, HIDDEN = (
    during(range(4, 10)),
    during(range(20, 23)),
    during(range(26, 36)),
    during(range(11, 18)),
)


def shapes(frame):
    return {
        "mouthSmileLeft": 0.8 * SMILING(frame),
        "mouthSmileRight": 0.8 * SMILING(frame),
        "eyeBlinkLeft": 0.8 * WINKING(frame),
        "browOuterUpLeft": 0.9 * TURNED(frame),
    }


@pytest.fixture(scope="module")
def record() -> FaceRecord:
    """She smiles, hides her face, winks with her left eye, and turns to her left."""
    ada = Person(
        "ada",
        still(320, 180, 120),
        shapes=shapes,
        presence=lambda frame: 0.1 if HIDDEN(frame) else 1.0,
        pose=lambda frame: (25.0 * TURNED(frame), 0, 0),
    )
    scene = Scene([ada, Person("bela", still(60, 60, 30))], LENGTH)
    return analyse(scene.frames(), scene.header, scene.models).record


def verdicts(record, text, **where):
    return [finding.verdict for finding in check_sentence(text, record, **where)]


@pytest.mark.parametrize(
    ("text", "frames", "verdict"),
    [
        ("She smiles.", (0, COUNT), "consistent"),
        ("She smiles.", (0, 16), "consistent"),
        ("She smiles.", (40, COUNT), "not_seen"),
        ("She smiles.", (22, 36), "not_measurable"),
        ("She does not smile.", (40, COUNT), "consistent"),
        ("She does not smile.", (0, 40), "not_seen"),
        ("She does not smile.", (22, 36), "not_measurable"),
        ("She winks.", (36, 52), "consistent"),
        ("Her left eye winks.", (36, 52), "consistent"),
        ("Her right eye winks.", (36, 52), "not_seen"),
        ("She turns her head to the left.", (50, 72), "consistent"),
        ("She turns her head to the right.", (50, 72), "not_seen"),
        ("She turns her head.", (50, 72), "consistent"),
        ("Her left eyebrow rises.", (50, 72), "consistent"),
        ("Her right eyebrow rises.", (50, 72), "not_seen"),
        ("She opens her mouth.", (0, COUNT), "not_seen"),
        ("She looks up.", (0, COUNT), "not_seen"),
        ("She smiles.", (COUNT, COUNT), "not_measurable"),
    ],
)
def test_a_claim_is_held_against_the_curves_in_its_range(record, text, frames, verdict):
    assert verdicts(record, text, frames=frames) == [verdict]


@pytest.mark.parametrize(
    ("phase", "verdict"),
    [
        ("beginning", "consistent"),
        ("end", "not_seen"),
        ("throughout", "consistent"),
        (None, "consistent"),
    ],
)
def test_without_a_range_the_phase_says_where_to_look(record, phase, verdict):
    assert verdicts(record, "She smiles.", phase=phase) == [verdict]


def test_the_curve_to_look_at_is_named(record):
    ada = next(track.number for track in record.tracks if track.is_main)
    (finding,) = check_sentence("Her left eye winks.", record)
    assert (finding.signal, finding.track) == ("blink_left", ada)


def test_a_sentence_without_a_claim_has_no_finding(record):
    assert check_sentence("She has brown hair.", record) == []


def test_without_a_face_nothing_can_be_measured():
    scene = Scene([], 4)
    record = analyse(scene.frames(), scene.header, scene.models).record
    (finding,) = check_sentence("She smiles.", record)
    assert (finding.verdict, finding.signal, finding.track) == ("not_measurable", "smile", None)


def test_the_movement_of_a_face_that_is_not_main_is_not_seen():
    smiling = {"mouthSmileLeft": 0.9, "mouthSmileRight": 0.9}
    ada = Person("ada", still(320, 180, 120))
    bela = Person("bela", still(60, 60, 30), shapes=lambda frame: smiling)
    scene = Scene([ada, bela], 12)
    record = analyse(scene.frames(), scene.header, scene.models).record
    assert verdicts(record, "He smiles.") == ["not_seen"]


def test_every_curve_is_in_the_record(record):
    names = {curve.signal for curves in CURVES.values() for curve in curves}
    assert names <= set(record.signals[0].values)


def test_the_phases_cover_the_clip():
    spans = np.array([PHASES[name] for name in ("beginning", "middle", "end")])
    assert spans[0, 0] == 0
    assert spans[-1, 1] == 1
    assert (spans[1:, 0] < spans[:-1, 1]).all()
