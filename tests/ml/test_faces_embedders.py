"""Embedders on made networks, whose answer is the mean colour of the aligned face."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from ml.faces.alignment import TARGET
from ml.faces.config import FacesConfig
from ml.faces.loading import load_embedder
from ml.weights import Weights, WeightsUnusable
from tests.ml.networks import BLUE, GREEN, RED, Output, network

COLOUR = np.array([250, 100, 20], np.float32)
RGB = np.tile(COLOUR.astype(np.uint8), (300, 300, 1))
SCALED = (COLOUR - 127.5) / 127.5


def mean_colour(path, **options):
    path.write_bytes(network([Output("embedding", 112, [RED, GREEN, BLUE], [0] * 3, 3)], **options))
    return path


def embedder(path, name="arcface"):
    return load_embedder(FacesConfig(path.parent, embedder=name, embedder_path=path))


def faces(count: int) -> np.ndarray:
    """Each further down and to the right."""
    return TARGET + 30 * np.arange(count, dtype=np.float32)[:, None, None]


@pytest.mark.parametrize(
    ("name", "expected"), [("sface", COLOUR), ("arcface", SCALED), ("transface", SCALED)]
)
def test_pixels_enter_as_each_network_was_trained(tmp_path, name, expected):
    network_ = embedder(mean_colour(tmp_path / "network.onnx"), name)
    assert network_.backend.name == name
    assert network_.dimensions == 3
    (found,) = network_(RGB, faces(1))
    np.testing.assert_allclose(found, expected / np.linalg.norm(expected), atol=1e-4)


def test_a_network_that_scales_pixels_itself_gets_them_as_they_are(tmp_path):
    path = mean_colour(tmp_path / "network.onnx", before=[("Sub", 127.5), ("Mul", 1 / 127.5)])
    (found,) = embedder(path)(RGB, faces(1))
    np.testing.assert_allclose(found, SCALED / np.linalg.norm(SCALED), atol=1e-4)


@pytest.mark.parametrize("batch", ["n", 1, 2])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_every_face_has_its_own_vector_whatever_the_batch(tmp_path, batch, count):
    network_ = embedder(mean_colour(tmp_path / "network.onnx", size=(batch, 3, 112, 112)))
    rgb = RGB.copy()
    rgb[..., 0] = np.arange(300)[:, None].clip(max=255)
    found = network_(rgb, faces(count))
    assert found.shape == (count, 3)
    assert found.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert len({tuple(vector.round(3)) for vector in found}) == count


def test_a_network_for_other_pictures_is_refused_by_name(tmp_path):
    with pytest.raises(WeightsUnusable, match="takes no faces of 112x112"):
        embedder(mean_colour(tmp_path / "network.onnx", size=("n", 3, 224, 224)))


class FakeDlib:
    """Stands for the library, which is not installed, and notes where it is told to look."""

    squares: list[tuple[int, ...]] = []

    class face_recognition_model_v1:
        def __init__(self, path):
            self.path = path

        def compute_face_descriptor(self, faces):
            return [[3.0] + [0.0] * 126 + [4.0] for _ in faces]

    @staticmethod
    def shape_predictor(_path):
        return lambda _picture, square: square

    full_object_detections = list

    @classmethod
    def rectangle(cls, *corners):
        cls.squares.append(corners)
        return corners

    @staticmethod
    def get_face_chips(_picture, shapes, size):
        return [size] * len(shapes)


def test_dlib_gets_the_square_around_the_points_that_it_is_used_to(tmp_path, monkeypatch):
    from ml.faces.dlib_embedder import DlibEmbedder

    monkeypatch.setitem(sys.modules, "dlib", FakeDlib)
    weights = Weights(tmp_path / "file.dat", b"")
    network_ = DlibEmbedder(weights, weights)
    found = network_(RGB, 2 * faces(2))
    np.testing.assert_allclose(found[:, [0, -1]], [[0.6, 0.8]] * 2, atol=1e-6)
    # 92.7 wide around (56, 67.4), all of it doubled and the second one 60 further.
    assert FakeDlib.squares == [(19, 42, 205, 228), (79, 102, 265, 288)]
    assert network_(RGB, faces(0)).shape == (0, 128)


def test_without_dlib_a_sentence_says_how_to_install_it(tmp_path, monkeypatch):
    from ml.faces.dlib_embedder import DlibEmbedder

    monkeypatch.setitem(sys.modules, "dlib", None)
    weights = Weights(tmp_path / "file.dat", b"")
    with pytest.raises(WeightsUnusable, match="pip install dlib-bin"):
        DlibEmbedder(weights, weights)
