"""Which faces a clip is about: one test for each row of the table of cases."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from ml.tracking.selection import Trajectory, select_main
from ml.tracking.two_means import MAX_EXACT, two_means

FRAME = 1280 * 720


def face(pixels: float, similarity: float, observations: int = 50) -> Trajectory:
    return Trajectory(pixels / FRAME, similarity, observations)


def test_without_a_face_nobody_is_main():
    selection = select_main([])
    assert (selection.rule, selection.labels) == ("no_track", [])
    assert selection.explanation == "No face was found."


def test_one_face_is_main():
    selection = select_main([face(300, 0.1)])
    assert (selection.rule, selection.labels) == ("one_track", [1])
    assert selection.explanation == "Face 1 is main, with no other to weigh it against."


def test_two_equal_speakers_are_both_main():
    selection = select_main([face(52_000, 0.82), face(48_000, 0.80)])
    assert (selection.rule, selection.labels) == ("two_alike", [1, 1])
    assert "Faces 1 and 2 are both main" in selection.explanation


def test_two_identical_faces_are_both_main():
    assert select_main([face(52_000, 0.8), face(52_000, 0.8)]).labels == [1, 1]


@pytest.mark.parametrize(
    ("other", "labels"),
    [
        (face(25_999, 0.82), [1, 0]),  # under half the area
        (face(26_001, 0.82), [1, 1]),
        (face(52_000, 0.61), [1, 0]),  # less similar by more than 0.2
        (face(52_000, 0.63), [1, 1]),
    ],
)
def test_of_two_faces_the_other_is_background_only_when_it_differs(other, labels):
    selection = select_main([face(52_000, 0.82), other])
    assert selection.labels == labels
    assert selection.rule == ("two_apart" if 0 in labels else "two_alike")


def test_all_equal_faces_are_all_main():
    selection = select_main([face(10_000, 0.7)] * 4)
    assert (selection.rule, selection.labels) == ("all_alike", [1, 1, 1, 1])
    assert selection.features == [[0.0, 0.0]] * 4


def test_a_weak_split_makes_all_main():
    faces = [face(50_000, 0.80), face(48_000, 0.79), face(40_000, 0.76), face(39_000, 0.75)]
    selection = select_main(faces)
    assert (selection.rule, selection.labels) == ("weak_split", [1, 1, 1, 1])


def test_the_group_of_large_faces_that_stay_alike_is_main():
    faces = [face(60_000, 0.85), face(2_000, 0.30), face(56_000, 0.81), face(2_000, 0.34)]
    selection = select_main(faces)
    assert (selection.rule, selection.labels) == ("clusters", [1, 0, 1, 0])
    assert selection.explanation == (
        "Faces 1 and 3 are main: 29.0 times as large as faces 2 and 4, "
        "with a likeness of 0.83 from frame to frame against 0.32."
    )


def test_neither_size_nor_likeness_drowns_the_other():
    """Raw pixels see size alone, shares of the picture see likeness alone."""
    faces = [face(60_000, 0.85), face(58_000, 0.20), face(2_000, 0.90)]
    assert select_main(faces).labels == [1, 1, 0]
    assert select_main(faces, strict_paper=True).labels == [1, 0, 1]


def test_a_face_seen_once_is_main_only_among_its_like():
    once = face(400_000, 0.0, observations=1)
    selection = select_main([once, face(20_000, 0.8)])
    assert (selection.rule, selection.labels) == ("one_track", [0, 1])
    assert selection.explanation.endswith("Face 1 is seen only once, too little to be main.")
    assert select_main([once]).labels == [1]
    assert select_main([once, once]).labels == [1, 1]


def test_between_size_and_likeness_the_larger_faces_win():
    """The scaled centres are equal when one face is the largest and the other the most alike."""
    selection = select_main([face(10_000, 0.95), face(90_000, 0.60)])
    assert selection.labels == [0, 1]


@pytest.mark.parametrize(
    ("faces", "labels"),
    [
        ([], []),
        ([face(1_000, 0.5)], [1]),
        ([face(1_000, 0.5), face(1_000, 0.5)], [1, 1]),
        ([face(52_000, 0.82), face(48_000, 0.80)], [1, 0]),
    ],
)
def test_the_plain_version_splits_whatever_differs(faces, labels):
    selection = select_main(faces, strict_paper=True)
    assert selection.labels == labels
    assert selection.rule == ("paper" if faces else "no_track")


def test_the_order_of_the_faces_changes_nothing():
    faces = [face(60_000, 0.85), face(30_000, 0.5), face(15_000, 0.9), face(2_000, 0.3)]
    expected = dict(zip(faces, select_main(faces).labels, strict=True))
    for order in permutations(faces):
        assert dict(zip(order, select_main(order).labels, strict=True)) == expected


@pytest.mark.parametrize("count", [MAX_EXACT, MAX_EXACT + 6])
def test_two_heaps_are_found_exactly_and_by_search(count):
    random = np.random.default_rng(3)
    heap = np.arange(count) % 2
    points = heap[:, None] + random.normal(0, 0.05, (count, 2))
    labels = two_means(points)
    assert (labels == heap).all() or (labels == 1 - heap).all()
    assert (two_means(points) == labels).all()
