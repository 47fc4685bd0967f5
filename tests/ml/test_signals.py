"""What a face does: its curves, its rest, and the first and last frame of each action."""

from __future__ import annotations

import numpy as np
import pytest

from ml.faces.blendshapes import NAMES
from ml.records import FaceEvent, TrackSignals
from ml.signals import columns
from ml.signals.clock import Clock
from ml.signals.measuring import measure_signals
from ml.tracking.analysis import analyse
from tests.ml.scripted_faces import Person, Scene, still

# The clip has two frames for each sampled one.
LENGTH = 48
CLOCK = Clock([2 * n for n in range(LENGTH)], [n / 16 for n in range(LENGTH)], [], 2 * LENGTH)
BOTH_BLINK = ("eyeBlinkLeft", "eyeBlinkRight")


def rows(length=LENGTH, presence=1.0, yaw=0.0, pitch=0.0, roll=0.0, **shapes):
    """Each argument a number or one for each row."""
    table = np.zeros((length, columns.ROW), np.float32)
    table[:, columns.PRESENCE] = presence
    pose = {columns.YAW: yaw, columns.PITCH: pitch, columns.ROLL: roll}
    for column, values in pose.items():
        table[:, column] = values
    for name, values in shapes.items():
        table[:, columns.FIRST_BLENDSHAPE + NAMES.index(name)] = values
    return table


def bump(start, stop, height=0.8, rest=0.0):
    values = np.full(LENGTH, rest)
    values[start:stop] = height
    return values


def signals(table, clock=CLOCK, at=None) -> TrackSignals:
    return measure_signals(1, at or list(range(len(table))), table, clock)


def events(table, clock=CLOCK, at=None) -> list[FaceEvent]:
    return signals(table, clock, at).events


def kinds(table, clock=CLOCK):
    return [(event.kind, event.side) for event in events(table, clock)]


def test_columns_are_thousandths_of_shares_and_degrees():
    found = signals(rows(yaw=-12.3456, mouthSmileLeft=0.5, mouthSmileRight=0.25, jawOpen=0.1236))
    assert found.values["yaw"][0] == -12346
    assert found.values["smile"][0] == 375
    assert found.values["jaw_open"][0] == found.values["jawOpen"][0] == 124
    assert set(NAMES) < set(found.values)


def test_what_shows_no_face_is_not_measured():
    presence = np.where(np.arange(LENGTH) < 4, 0.49, 0.5)
    found = signals(rows(presence=presence, mouthSmileLeft=0.4, yaw=3))
    for name in ("smile", "yaw", "mouthSmileLeft", "gaze_x"):
        assert found.values[name][:5] == [None] * 4 + [found.values[name][4]]
    assert found.values["presence"][:5] == [490] * 4 + [500]


def test_gaze_is_positive_to_the_subject_s_left_and_upwards():
    left = signals(rows(eyeLookOutLeft=0.6, eyeLookInRight=0.4)).values
    right = signals(rows(eyeLookInLeft=0.6, eyeLookOutRight=0.4)).values
    up = signals(rows(eyeLookUpLeft=0.5, eyeLookUpRight=0.5)).values
    down = signals(rows(eyeLookDownLeft=0.5, eyeLookDownRight=0.5)).values
    assert (left["gaze_x"][0], right["gaze_x"][0]) == (500, -500)
    assert (up["gaze_y"][0], down["gaze_y"][0]) == (500, -500)


def test_a_smile_has_its_first_frame_its_peak_and_the_frame_after_it():
    curve = np.concatenate([np.zeros(10), [0.1, 0.2, 0.5, 0.9, 0.5, 0.2, 0.1], np.zeros(31)])
    (smile,) = events(rows(mouthSmileLeft=curve, mouthSmileRight=curve))
    assert smile == FaceEvent("smile", 22, 26, 32, "both", 1.0)


def test_hysteresis_makes_one_action_of_a_curve_that_trembles():
    trembling = bump(10, 30, 0.3) + np.where(np.arange(LENGTH) % 2, 0.1, -0.1) * bump(10, 30, 1)
    (smile,) = events(rows(mouthSmileLeft=trembling, mouthSmileRight=trembling))
    assert (smile.start, smile.stop) == (20, 60)


def test_less_than_enough_is_no_action():
    assert events(rows(mouthSmileLeft=bump(10, 30, 0.29), mouthSmileRight=bump(10, 30, 0.29))) == []


def test_an_action_up_to_the_end_stops_where_the_clip_does():
    (smile,) = events(rows(mouthSmileLeft=bump(40, 48), mouthSmileRight=bump(40, 48)))
    assert (smile.start, smile.stop) == (80, 2 * LENGTH)


def test_a_smile_from_end_to_end_is_a_smile():
    (smile,) = events(rows(mouthSmileLeft=0.8, mouthSmileRight=0.8))
    assert (smile.kind, smile.start, smile.stop) == ("smile", 0, 2 * LENGTH)


def test_actions_are_told_from_the_face_s_own_rest():
    """Half-closed eyes blink when they close, not all the time."""
    closing = bump(10, 12, 0.9, rest=0.35)
    found = signals(rows(eyeBlinkLeft=closing, eyeBlinkRight=closing))
    assert found.baselines["blink_left"] == 350
    assert [(event.kind, event.start, event.stop) for event in found.events] == [("blink", 20, 24)]


@pytest.mark.parametrize(
    ("closing", "other", "side"), [(0.8, 0.0, "left"), (0.0, 0.8, "right"), (0.8, 0.3, "both")]
)
def test_a_wink_has_a_side(closing, other, side):
    table = rows(eyeBlinkLeft=bump(10, 13, closing), eyeBlinkRight=bump(10, 13, other))
    assert kinds(table) == [("blink", side)]


def test_eyes_closed_for_longer_are_no_blink():
    for frames, kind in ((8, "blink"), (9, "eyes_closed")):
        closing = bump(10, 10 + frames)
        assert kinds(rows(eyeBlinkLeft=closing, eyeBlinkRight=closing)) == [(kind, "both")]


@pytest.mark.parametrize(
    ("turned", "kind", "side"),
    [
        ({"yaw": bump(10, 20, 20)}, "head_turn", "left"),
        ({"yaw": bump(10, 20, -20)}, "head_turn", "right"),
        ({"roll": bump(10, 20, 15)}, "head_tilt", "left"),
        ({"roll": bump(10, 20, -15)}, "head_tilt", "right"),
        ({"pitch": bump(10, 20, 12)}, "head_nod", "both"),
        ({"pitch": bump(10, 20, -12)}, "head_nod", "both"),
    ],
)
def test_the_head_turns_tilts_and_nods(turned, kind, side):
    assert kinds(rows(**turned)) == [(kind, side)]
    rested = {name: values + 30 for name, values in turned.items()}
    assert kinds(rows(**rested)) == [(kind, side)]


@pytest.mark.parametrize(
    ("shapes", "kind"),
    [
        (("jawOpen",), "jaw_open"),
        (("browInnerUp",), "brow_raise"),
        (("browOuterUpLeft", "browOuterUpRight"), "brow_raise"),
        (("browDownLeft", "browDownRight"), "brow_lower"),
        (("eyeWideLeft", "eyeWideRight"), "eyes_wide"),
        (("eyeLookOutLeft", "eyeLookInRight"), "gaze_shift"),
    ],
)
def test_each_movement_of_the_face_is_an_action(shapes, kind):
    table = rows(**{name: bump(10, 20) for name in shapes})
    assert [event.kind for event in events(table)] == [kind]


def test_an_action_ends_at_a_cut():
    clock = Clock(CLOCK.frames, CLOCK.times, [20], CLOCK.frame_count)
    smile = bump(10, 30)
    spans = [
        (event.start, event.stop)
        for event in events(rows(mouthSmileLeft=smile, mouthSmileRight=smile), clock)
    ]
    assert spans == [(20, 40), (40, 60)]


def test_an_action_goes_on_over_a_short_gap_and_not_over_a_long_one():
    for missing, count in ((2, 1), (6, 2)):
        seen = np.where((np.arange(LENGTH) >= 18) & (np.arange(LENGTH) < 18 + missing), 0.1, 1)
        table = rows(presence=seen, mouthSmileLeft=bump(10, 30), mouthSmileRight=bump(10, 30))
        assert len(events(table)) == count
        at = [place for place in range(LENGTH) if seen[place] == 1]
        assert len(events(table[at], at=at)) == count


def test_nothing_measured_has_no_actions():
    found = signals(rows(presence=0.1, mouthSmileLeft=bump(10, 30)))
    assert (found.events, set(found.values["smile"])) == ([], {None})


def test_signals_come_from_the_clip_to_the_record():
    def shapes(frame):
        blinking, open_mouth = 10 <= frame < 13, 20 <= frame < 30
        return dict.fromkeys(BOTH_BLINK, 0.9 * blinking) | {"jawOpen": 0.6 * open_mouth}

    scene = Scene([Person("ada", still(320, 180, 100), shapes=shapes)], LENGTH)
    (found,) = analyse(scene.frames(), scene.header, scene.models).record.signals
    assert [(event.kind, event.start, event.stop) for event in found.events] == [
        ("blink", 20, 26),
        ("jaw_open", 40, 60),
    ]
    # The skin is compared with the frame before, which the first one has not.
    assert found.values["motion"][:2] == [None, 0]
