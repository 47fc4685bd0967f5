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


def test_without_dlib_a_sentence_says_how_to_install_it(tmp_path, monkeypatch):
    from ml.faces.dlib_embedder import DlibEmbedder

    monkeypatch.setitem(sys.modules, "dlib", None)
    weights = Weights(tmp_path / "file.dat", b"")
    with pytest.raises(WeightsUnusable, match="pip install dlib-bin"):
        DlibEmbedder(weights, weights)
