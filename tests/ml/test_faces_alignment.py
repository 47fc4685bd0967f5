"""Turning, scaling and cutting out, on points and pictures with known answers."""

from __future__ import annotations

import numpy as np
import pytest

from ml.faces.alignment import SIDE, TARGET, align, five_points, similarity, unit
from ml.faces.batches import in_batches


def moved(points: np.ndarray, degrees: float, scale: float, shift: tuple[float, float]):
    turn = np.radians(degrees)
    matrix = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return (points @ matrix.T + shift).astype(np.float32)


@pytest.mark.parametrize("degrees", [0, 25, 90, 180, -135])
@pytest.mark.parametrize("scale", [0.2, 1.0, 7.5])
def test_a_similarity_is_found_exactly(degrees, scale):
    points = moved(TARGET, degrees, scale, (300, -40))
    found = similarity(points, TARGET)
    np.testing.assert_allclose(points @ found[:, :2].T + found[:, 2], TARGET, atol=1e-3)
    assert np.linalg.det(found[:, :2]) == pytest.approx(scale**-2, rel=1e-4)


def test_a_similarity_never_mirrors():
    found = similarity(TARGET * np.array([-1, 1], np.float32), TARGET)
    assert np.linalg.det(found[:, :2]) > 0


def test_points_in_one_place_go_to_the_middle():
    found = similarity(np.full((5, 2), 9.0, np.float32), TARGET)
    np.testing.assert_allclose(found @ [9, 9, 1], TARGET.mean(axis=0), rtol=1e-5)


def test_aligned_points_lie_where_the_networks_expect_them():
    points = moved(TARGET, 30, 2.0, (150, 60))
    picture = np.zeros((500, 500, 3), np.uint8)
    for x, y in points.round().astype(int):
        picture[y - 4 : y + 5, x - 4 : x + 5] = 255
    (face,) = align(picture, points[None])
    assert face.shape == (SIDE, SIDE, 3)
    for x, y in TARGET.round().astype(int):
        assert face[y, x].min() == 255
    assert (face == 0).mean() > 0.9


def test_no_face_is_no_square():
    picture = np.zeros((9, 9, 3), np.uint8)
    assert align(picture, np.zeros((0, 5, 2), np.float32)).shape == (0, SIDE, SIDE, 3)


def test_five_points_of_sixty_eight():
    points = np.stack([np.arange(68), np.zeros(68)], axis=1)[None].astype(np.float32)
    assert five_points(points)[0, :, 0].tolist() == [38.5, 44.5, 30, 48, 54]
    np.testing.assert_array_equal(five_points(TARGET[None])[0], TARGET)


def test_vectors_become_of_length_one_and_none_a_nothing():
    vectors = unit(np.array([[3, 4], [0, 0]], np.float32))
    np.testing.assert_allclose(vectors, np.array([[0.6, 0.8], [0, 0]]), atol=1e-6)
    assert vectors.dtype == np.float32


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_batch_that_is_not_full_is_filled_up_and_cut_again(count):
    sizes = []

    def run(batch):
        sizes.append(len(batch))
        return batch[:, :1] * 10

    faces = np.arange(count * 2, dtype=np.float32).reshape(count, 2)
    assert in_batches(faces, 2, run)[:, 0].tolist() == [20.0 * face for face in range(count)]
    assert set(sizes) == {2}
