"""Which frames are looked at, against the reference's numbers and values worked out by hand."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.video.sampling import frame_range, replace_missing, resample, sample_frames

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "sampling.json").read_text())
NTSC = Fraction(30_000, 1001)


def steady(rate: Fraction | int, count: int) -> list[Fraction]:
    return [index / Fraction(rate) for index in range(count)]


@pytest.mark.parametrize("vector", VECTORS["whole_video"])
def test_both_formulas_give_the_references_frames(vector):
    count, wanted = vector["total_frames"], vector["num_frames"]
    assert sample_frames(count, wanted) == vector["head"]
    assert sample_frames(count, wanted, "june_2024") == vector["june_2024"]


@pytest.mark.parametrize("vector", VECTORS["ranges"])
def test_a_range_of_seconds_gives_the_references_frames(vector):
    count = vector["total_frames"]
    first, last = frame_range(count, vector["fps"], vector["start_s"], vector["end_s"])
    assert (first, last) == (vector["first_frame"], vector["last_frame"])
    samples = sample_frames(count, vector["num_frames"], first=first, last=last)
    assert samples == vector["indices"]


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (3, 2), (0, 5), (5, 5)])
def test_frames_that_are_not_there_cannot_be_sampled(first, last):
    with pytest.raises(ValueError, match="of 5"):
        sample_frames(5, first=first, last=last)


@pytest.mark.parametrize("rate", [Fraction(1), Fraction(10), Fraction(15), NTSC / 2, Fraction(16)])
def test_a_slow_video_keeps_every_frame(rate):
    assert resample(steady(rate, 40)) == list(range(40))


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(25), NTSC, Fraction(50), Fraction(60)])
def test_a_fast_video_gives_the_nearest_frame_to_every_sixteenth(rate):
    times = steady(rate, int(rate * 3))
    wanted = [Fraction(slot, 16) for slot in range(48)]
    nearest = [min(range(len(times)), key=lambda index: abs(times[index] - t)) for t in wanted]
    assert resample(times) == nearest


def test_halfway_between_two_frames_the_earlier_is_taken():
    assert resample(steady(24, 7)) == [0, 1, 3, 4, 6]


def test_times_count_from_the_first_frame():
    late = [time + Fraction(7, 3) for time in steady(24, 24)]
    assert resample(late) == resample(steady(24, 24))
    assert resample([float(time) for time in steady(25, 50)]) == resample(steady(25, 50))


def test_of_a_burst_after_a_pause_only_the_nearest_frames_are_taken():
    times = [0, 0.5, 0.501, 0.502, 0.56, 0.75, 0.9]
    assert resample(times) == [0, 1, 4, 5, 6]


def test_no_frames_and_one_frame():
    assert resample([]) == []
    assert resample([3.5]) == [0]


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60))
def test_frames_come_in_order_once_and_never_far_from_their_neighbours(gaps):
    times = [Fraction(sum(gaps[:index]), 1000) for index in range(len(gaps))]
    kept = resample(times)
    assert kept == sorted(set(kept))
    # A frame lies within a sixteenth of a second of a time that is asked for, and the one kept for
    # that time is no further from it.
    for time in times:
        assert min(abs(time - times[index]) for index in kept) <= Fraction(1, 8)


def test_a_frame_without_a_face_becomes_the_nearest_with_one():
    has_face = [False, True, False, False, False, True, True, False]
    assert replace_missing(range(8), has_face) == [1, 1, 1, 1, 5, 5, 6, 6]
    assert replace_missing([0, 3, 3, 7], has_face) == [1, 1, 1, 6]


def test_without_any_face_the_samples_stay():
    assert replace_missing([0, 3, 7], [False] * 8) == [0, 3, 7]
