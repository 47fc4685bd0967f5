"""Drafts by rule: what they tell, what they leave out, and that every word was measured."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml.drafting.protocols import ClipInputs, Drafted, Failed
from ml.drafting.signals import SignalsDrafter, draft_from_record
from ml.signals.checking import check_sentence
from ml.signals.claims import find_claims
from tests.ml.drafting.made_records import ANGLES, FRAMES, LENGTH, SHAPES, face, record


def drafted(found) -> dict[str, Any]:
    answer = draft_from_record(found)
    assert isinstance(answer, Drafted)
    assert isinstance(answer.content, dict)
    return answer.content


def texts(found) -> list[str]:
    return [sentence["text"] for sentence in drafted(found)["facial_changes"]]


def claims(text: str) -> set[tuple[str, str | None]]:
    return {(claim.movement, claim.direction) for claim in find_claims(text)}


@pytest.mark.parametrize(
    ("action", "claim"),
    [
        (("blink", 0.8, 20, 22), ("blink", None)),
        (("left_blink", 0.8, 20, 23), ("eyes_closed", "left")),
        (("left_blink", 0.8, 20, 40), ("eyes_closed", "left")),
        (("blink", 0.9, 20, 40), ("eyes_closed", None)),
        (("eyes_wide", 0.5, 20, 30), ("eyes_wide", None)),
        (("smile", 0.8, 20, 40), ("smile", None)),
        (("jaw_open", 0.5, 20, 24), ("jaw_open", None)),
        (("brow_raise", 0.6, 20, 30), ("brow_raise", None)),
        (("brow_lower", 0.5, 20, 30), ("brow_lower", None)),
        (("yaw", 25, 20, 30), ("head_turn", "left")),
        (("yaw", -25, 20, 30), ("head_turn", "right")),
        (("pitch", 15, 20, 30), ("head_nod", "up")),
        (("pitch", -15, 20, 30), ("head_nod", "down")),
        (("roll", 15, 20, 30), ("head_tilt", "left")),
        (("gaze_right", 0.8, 20, 30), ("gaze", "right")),
    ],
)
@pytest.mark.parametrize("seed", ["0", "1", "2", "3"])
def test_each_clear_movement_is_told_with_its_phase_and_frames(action, claim, seed):
    _, _, start, stop = action
    (sentence,) = drafted(record(face(action), seed=seed))["facial_changes"]
    assert claims(sentence["text"]) == {claim}
    assert (sentence["phase"], sentence["frames"]) == ("progress", [2 * start, 2 * stop])
    assert claims(drafted(record(face(action), seed=seed))["summary"]["text"]) == {claim}


@pytest.mark.parametrize(
    ("action", "why"),
    [
        (("smile", 0.4, 20, 40), "weak"),
        (("smile", 0.8, 20, 26), "as short as in speech"),
        (("yaw", 13, 20, 40), "weak"),
        (("gaze_left", 0.9, 20, 23), "short"),
        (("brow_lower", 0.9, 0, LENGTH), "perhaps how the face is built"),
        (("left_blink", 0.35, 20, 22), "one eye of a turned head moves less"),
    ],
)
def test_what_is_doubtful_is_left_out(action, why):
    (sentence,) = texts(record(face(action)))
    assert "no clear movement" in sentence, why


def test_without_a_movement_the_draft_says_so_of_the_whole_clip():
    document = drafted(record(face()))
    (sentence,) = document["facial_changes"]
    assert (sentence["phase"], sentence["frames"]) == ("throughout", [0, FRAMES])
    assert "no clear movement" in sentence["text"]
    assert "no clear movement" in document["summary"]["text"]


@pytest.mark.parametrize(
    ("action", "claim"),
    [
        (("eyes_wide", 0.5, 0, 20), ("eyes_wide", None)),
        (("smile", 0.8, 0, LENGTH), ("smile", None)),
        (("jaw_open", 0.5, 0, LENGTH), ("jaw_open", None)),
        (("brow_raise", 0.6, 0, 20), ("brow_raise", None)),
        (("brow_lower", 0.5, 0, 20), ("brow_lower", None)),
        (("yaw", 25, 0, 20), ("head_turn", "left")),
        (("pitch", 15, 0, 20), ("head_nod", "up")),
        (("pitch", -15, 0, 20), ("head_nod", "down")),
        (("roll", -15, 0, 20), ("head_tilt", "right")),
    ],
)
@pytest.mark.parametrize("seed", ["0", "1", "2", "3"])
def test_what_is_so_from_the_first_frame_on_is_not_said_to_begin(action, claim, seed):
    (sentence,) = texts(record(face(action), seed=seed))
    assert " keeps the " in sentence or " holds the " in sentence
    assert claims(sentence) == {claim}


def test_blinks_are_summed_up():
    twice = face(("blink", 0.8, 4, 6), ("blink", 0.8, 20, 22))
    often = face(*(("blink", 0.8, start, start + 2) for start in (4, 20, 40, 58)))
    assert texts(record(twice))[0].endswith("the person blinks twice.")
    (sentence,) = drafted(record(often))["facial_changes"]
    assert sentence["text"].endswith("the person blinks several times.")
    assert (sentence["phase"], sentence["frames"]) == ("throughout", [8, 120])


def test_lids_that_are_only_lowered_are_not_said_to_be_closed():
    looking_down, shut = ("blink", 0.5, 10, 20), ("blink", 0.9, 20, 40)
    (sentence,) = drafted(record(face(looking_down, shut)))["facial_changes"]
    assert sentence["frames"] == [40, 80]


def test_corners_of_the_mouth_under_low_brows_are_not_said_to_rise():
    (sentence,) = texts(record(face(("smile", 0.8, 20, 40), ("brow_lower", 0.5, 24, 40))))
    assert "sideways" in sentence or "outwards" in sentence
    assert "smile" not in {movement for movement, _ in claims(sentence)}


def test_eyes_that_stay_while_the_head_turns_are_not_said_to_move():
    turning = face(("yaw", 25, 20, 40), ("gaze_right", 0.9, 20, 40))
    assert [claims(text) for text in texts(record(turning))] == [{("head_turn", "left")}]


def test_what_goes_on_to_the_last_frame_is_said_to():
    (sentence,) = texts(record(face(("smile", 0.8, 34, LENGTH))))
    assert "last frame" in sentence


def test_words_say_how_strong_a_movement_is():
    weak, strong = (texts(record(face(("yaw", size, 20, 30)))) for size in (16, 40))
    assert "slightly" in weak[0]
    assert "slightly" not in strong[0]


def test_main_faces_are_told_apart_from_the_left_of_the_picture():
    right, left = face(("smile", 0.8, 4, 30)), face(("yaw", 25, 40, 60))
    document = drafted(record(right, left))
    assert [item["text"][:29] for item in document["external_attributes"]] == [
        "The faces of two people are s"
    ]
    smile, turn = (item["text"] for item in document["facial_changes"])
    assert "the second person" in smile
    assert "the first person" in turn
    assert document["summary"]["text"].startswith("The first person turns")


def test_other_faces_are_left_out_and_of_many_the_largest_are_told():
    one = drafted(record(face(("smile", 0.8, 4, 30)), face(("yaw", 25, 40, 60)), mains=1))
    assert len(one["facial_changes"]) == 1
    assert one["external_attributes"] == []
    five = drafted(record(*(face(("smile", 0.8, 4, 30)) for _ in range(5))))
    assert len(five["facial_changes"]) == 3


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (record(), "no_face"),
        (record(face(), mains=0), "no_face"),
        (record(face(presence=0.3)), "nothing_measured"),
    ],
)
def test_what_cannot_be_drafted_has_its_reason(found, code):
    answer = draft_from_record(found)
    assert isinstance(answer, Failed)
    assert answer.code == code
    assert answer.reason.endswith(".")


def test_a_clip_that_was_not_tracked_has_no_draft():
    clip = ClipInputs("a.mp4", [], None, lambda: pytest.fail("frames are not needed"))
    answer = SignalsDrafter().draft(clip)
    assert isinstance(answer, Failed)
    assert answer.code == "no_tracks"


def test_equal_records_have_equal_drafts_and_other_clips_other_words():
    actions = face(("smile", 0.8, 4, 20), ("yaw", 25, 30, 40), ("brow_raise", 0.6, 50, 60))
    assert drafted(record(actions, seed="a")) == drafted(record(actions, seed="a"))
    wordings = {" ".join(texts(record(actions, seed=str(seed)))) for seed in range(40)}
    assert len(wordings) > 20


def action(names, sizes):
    return st.tuples(
        st.sampled_from(sorted(names)),
        st.sampled_from(sizes),
        st.integers(0, LENGTH - 2),
        st.integers(1, LENGTH),
    )


actions = st.lists(
    action(SHAPES, [0.2, 0.45, 0.7, 1.0]) | action(ANGLES, [-40, -16, -10, 10, 16, 40]),
    max_size=8,
)


@given(st.lists(actions, min_size=1, max_size=3), st.text("abc", max_size=3))
@settings(max_examples=150, deadline=None)
def test_every_claim_of_a_draft_is_borne_out_by_the_curves(people, seed):
    found = record(
        *(face(*((name, size, a, a + n) for name, size, a, n in who)) for who in people), seed=seed
    )
    document = drafted(found)
    for sentence in document["facial_changes"]:
        for given_frames in (tuple(sentence["frames"]), None):
            findings = check_sentence(
                sentence["text"], found, frames=given_frames, phase=sentence["phase"]
            )
            assert {finding.verdict for finding in findings} <= {"consistent"}, sentence
    findings = check_sentence(document["summary"]["text"], found)
    assert {finding.verdict for finding in findings} <= {"consistent"}, document["summary"]
