"""Detectors on made networks, for which a face is a red square."""

from __future__ import annotations

import math
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from ml.faces.candidates import Canvas
from ml.faces.centerface import CenterFace
from ml.faces.config import EmbedderName, FacesConfig
from ml.faces.loading import load_detector
from ml.faces.onnx_sessions import Network, with_free_sizes
from ml.tracking.settings import LIKENESS, TrackingSettings
from ml.weights import Weights, WeightsMissing, WeightsUnusable
from tests.ml.networks import BLUE, NOTHING, RED, Output, constant, network

# Each point's place within the box, from its left top corner.
PLACES = [(0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8)]


def picture(height: int, width: int, *squares: tuple[int, int], side: int) -> np.ndarray:
    """Red squares on black, named by their left top corners (x, y)."""
    rgb = np.zeros((height, width, 3), np.uint8)
    for x, y in squares:
        rgb[y : y + side, x : x + side, 0] = 255
    return rgb


def centerface(weights_path, *, long_side=480) -> CenterFace:
    """A face 12 wide and 16 high around a point near the middle of a red square of 4 pixels."""
    content = network(
        [
            Output("heat", 4, [RED / 255], [0.0]),
            constant("sizes", 4, [math.log(4), math.log(3)]),
            constant("offsets", 4, [0.25, -0.25]),
            constant("points", 4, [part for x, y in PLACES for part in (y, x)]),
        ],
        size=(10, 3, 32, 32),
        weights_as_inputs=True,
    )
    weights = Weights(weights_path, content)
    return CenterFace(weights, threads=1, long_side=long_side, min_score=0.5)


def test_centerface_finds_each_face_where_it_is(tmp_path):
    found = centerface(tmp_path)(picture(64, 96, (28, 20), (64, 44), side=4))
    assert len(found) == 2
    boxes = found.boxes[found.boxes[:, 0].argsort()]
    # The middle is at (column 7 - 0.25 + 0.5) * 4, (row 5 + 0.25 + 0.5) * 4.
    np.testing.assert_allclose(boxes, [[23, 15, 35, 31], [59, 39, 71, 55]], atol=1e-3)
    np.testing.assert_allclose(found.scores, 1, atol=1e-5)
    first = found[found.boxes[:, 0] < 40]
    expected = [(23 + 12 * x, 15 + 16 * y) for x, y in PLACES]
    np.testing.assert_allclose(first.landmarks[0], expected, atol=1e-3)


def test_answers_are_in_pixels_of_the_picture_however_large(tmp_path):
    small = centerface(tmp_path, long_side=96)(picture(64, 96, (28, 20), side=4))
    for times in (2, 10):
        large = picture(64 * times, 96 * times, (28 * times, 20 * times), side=4 * times)
        found = centerface(tmp_path, long_side=96)(large)
        np.testing.assert_allclose(found.boxes, small.boxes * times, rtol=1e-4)
        np.testing.assert_allclose(found.landmarks, small.landmarks * times, rtol=1e-4)


def test_a_box_ends_where_the_picture_does(tmp_path):
    found = centerface(tmp_path)(picture(50, 70, (0, 0), (64, 44), side=4))
    assert len(found) == 2
    assert found.boxes.min() >= 0
    assert (found.boxes[:, 2:] <= [70, 50]).all()


def test_of_faces_that_overlap_the_most_certain_is_kept(tmp_path):
    rgb = picture(64, 96, (28, 20), side=4)
    rgb[20:24, 32:36, 0] = 200
    found = centerface(tmp_path)(rgb)
    assert found.scores.tolist() == [1.0]


def test_the_most_certain_comes_first(tmp_path):
    rgb = picture(64, 96, (28, 20), (64, 44), side=4)
    rgb[20:24, 28:32, 0] = 200
    found = centerface(tmp_path)(rgb)
    assert found.scores.tolist() == pytest.approx([1, 200 / 255])


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (64, 96)])
def test_nothing_is_found_where_nothing_is(tmp_path, size):
    found = centerface(tmp_path)(np.zeros((*size, 3), np.uint8))
    assert found.boxes.shape == (0, 4)
    assert found.scores.shape == (0,)
    assert found.landmarks.shape == (0, 5, 2)


def test_fixed_sizes_and_weights_among_the_inputs_are_freed(tmp_path):
    content = network([constant("answer", 4, [1.0])], size=(10, 3, 32, 32), weights_as_inputs=True)
    network_ = Network(Weights(tmp_path, content), 1, content=with_free_sizes(content))
    (answer,) = network_.run(np.zeros((1, 3, 64, 128), np.float32))
    assert answer.shape == (1, 1, 16, 32)


def levels(kind: str, per_cell: int, width: int, values: dict[int, list[float]]) -> list[Output]:
    return [
        constant(f"{kind}_{stride}", stride, values.get(stride, [0.0] * per_cell), width)
        for stride in (8, 16, 32)
    ]


def scrfd(path, *, order=1, size=("n", 3, "h", "w")):
    """
    Two answers for each cell; only the first of stride 16 sees red, as (value - 127.5) / 128.
    Then the edges are 1, 2, 3, 4 cells away, and the points one further down each.
    """
    half = 0.5 * 128 / 127.5
    scores = levels("score", 2, 1, {})
    scores[1] = Output("score_16", 16, [RED * half, NOTHING], [0.5, 0.0], 1)
    edges = levels("edges", 8, 4, {16: [1, 2, 3, 4] * 2})
    points = levels("points", 20, 10, {16: [0, 0, 0, 1, 0, 2, 0, 3, 0, 4] * 2})
    path.write_bytes(network([*scores, *edges, *points][::order], size=size))
    return path


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("name", ["scrfd", "damofd"])
def test_scrfd_and_damofd_find_a_face_where_it_is(tmp_path, name, order):
    path = scrfd(tmp_path / "network.onnx", order=order)
    config = FacesConfig(tmp_path, detector=name, detector_path=path, threads=1)
    detector = load_detector(config)
    found = detector(picture(128, 160, (64, 48), side=16))
    np.testing.assert_allclose(found.boxes, [[48, 16, 112, 112]], atol=1e-3)
    expected = [(64, 48 + 16 * down) for down in range(5)]
    np.testing.assert_allclose(found.landmarks, [expected], atol=1e-3)
    assert found.scores[0] == pytest.approx(1, abs=1e-3)
    assert detector.backend.name == name


def test_damofd_takes_less_certain_faces_than_scrfd(tmp_path):
    path = scrfd(tmp_path / "network.onnx")
    rgb = picture(128, 160, (64, 48), side=16)
    rgb[..., 0] //= 2
    rgb[..., 0] -= rgb[..., 0] // 5
    counts = {}
    for name in ("scrfd", "damofd"):
        config = FacesConfig(tmp_path, detector=name, detector_path=path, threads=1)
        counts[name] = len(load_detector(config)(rgb))
    assert counts == {"scrfd": 0, "damofd": 1}


def test_a_network_of_one_size_gets_pictures_of_that_size(tmp_path):
    path = scrfd(tmp_path / "network.onnx", size=(1, 3, 320, 320))
    detector = load_detector(FacesConfig(tmp_path, detector="scrfd", detector_path=path))
    found = detector(picture(128, 160, (64, 48), side=16))
    # Twice as large on its canvas, the square is four cells there, all of one face.
    assert len(found) >= 1
    assert 48 <= found.boxes[0, 0] <= 64


def yunet(path):
    """Only stride 8 sees red, in the last of its three channels."""
    classes = levels("cls", 1, 1, {})
    classes[0] = Output("cls_8", 8, [BLUE / 255], [0.0], 1)
    path.write_bytes(
        network(
            [
                *classes,
                *levels("obj", 1, 1, {8: [0.81]}),
                *levels("bbox", 4, 4, {8: [0.5, 0.25, math.log(3), math.log(4)]}),
                *levels("kps", 10, 10, {8: [0, 0, 1, 0, 2, 0, 0, 3, 1, 3]}),
            ]
        )
    )
    return path


def test_yunet_finds_a_face_where_it_is(tmp_path):
    path = yunet(tmp_path / "network.onnx")
    detector = load_detector(FacesConfig(tmp_path, detector="yunet", detector_path=path))
    found = detector(picture(128, 160, (64, 48), side=8))
    # Around (8 + 0.5, 6 + 0.25) cells of 8 pixels, 3 wide and 4 high.
    np.testing.assert_allclose(found.boxes, [[56, 34, 80, 66]], atol=1e-3)
    expected = [(64, 48), (72, 48), (80, 48), (64, 72), (72, 72)]
    np.testing.assert_allclose(found.landmarks, [expected], atol=1e-3)
    assert found.scores[0] == pytest.approx(0.9, abs=1e-4)


def test_a_network_of_another_kind_is_refused_by_name(tmp_path):
    path = yunet(tmp_path / "network.onnx")
    detector = load_detector(FacesConfig(tmp_path, detector="scrfd", detector_path=path))
    with pytest.raises(WeightsUnusable, match="no SCRFD network with five points"):
        detector(np.zeros((64, 64, 3), np.uint8))
    scrfd(path)
    with pytest.raises(WeightsUnusable, match="no YuNet network"):
        load_detector(FacesConfig(tmp_path, detector="yunet", detector_path=path))


@pytest.mark.parametrize("content", [b"", b"no network", b"\x08\x09"])
def test_a_file_that_is_no_network_is_refused_by_name(tmp_path, content):
    path = tmp_path / "network.onnx"
    path.write_bytes(content)
    with pytest.raises(WeightsUnusable, match=r"network\.onnx is no ONNX network"):
        load_detector(FacesConfig(tmp_path, detector="yunet", detector_path=path))


def test_an_absent_file_is_said_to_be_absent(tmp_path):
    path = tmp_path / "network.onnx"
    with pytest.raises(WeightsMissing, match="cannot be read"):
        load_detector(FacesConfig(tmp_path, detector="yunet", detector_path=path))
    with pytest.raises(WeightsMissing, match="fetch-models"):
        load_detector(FacesConfig(tmp_path))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"detector": "scrfd"}, "name your own file"),
        ({"embedder": "arcface"}, "name your own file"),
        ({"long_side": 16}, "under 32 pixels"),
        ({"min_score": 1.5}, "between 0 and 1"),
        ({"threads": 0}, "at least one thread"),
        ({"detector": "haar"}, "none of centerface"),
    ],
)
def test_a_configuration_that_cannot_be_is_refused(tmp_path, values, message):
    with pytest.raises(ValueError, match=message):
        FacesConfig(tmp_path, **values)
    with pytest.raises(ValueError, match="takes no path"):
        FacesConfig(tmp_path, detector_path=tmp_path)


def test_the_environment_names_networks_and_files_of_ones_own(monkeypatch):
    monkeypatch.setenv("MODELS_DIR", "/models")
    assert FacesConfig.from_environment({}) == FacesConfig(Path("/models"))
    named = {"FACE_DETECTOR": "scrfd:/my/det.onnx", "FACE_EMBEDDER": "dlib"}
    config = FacesConfig.from_environment(named)
    assert (config.detector, config.detector_path) == ("scrfd", Path("/my/det.onnx"))
    assert (config.embedder, config.embedder_path) == ("dlib", None)
    for value in ("haar", "scrfd", "centerface:/my/file"):
        with pytest.raises(WeightsUnusable, match="FACE_DETECTOR"):
            FacesConfig.from_environment({"FACE_DETECTOR": value})


def test_every_embedder_has_its_own_measure_of_likeness():
    assert set(LIKENESS) == set(get_args(EmbedderName))
    assert TrackingSettings.for_embedder("mobilefacenet") == TrackingSettings()
    assert TrackingSettings.for_embedder("dlib").join_similarity > 0.9


def test_the_version_of_a_backend_tells_its_file_and_settings(tmp_path):
    path = scrfd(tmp_path / "network.onnx")
    keys = {
        load_detector(
            FacesConfig(tmp_path, detector="scrfd", detector_path=path, **values)
        ).backend.key
        for values in ({}, {"long_side": 320}, {"min_score": 0.4})
    }
    scrfd(path, order=-1)
    config = FacesConfig(tmp_path, detector="scrfd", detector_path=path)
    keys.add(load_detector(config).backend.key)
    assert len(keys) == 4


def test_the_canvas_keeps_the_ratio_and_is_black_beside_the_picture():
    canvas = Canvas.of(np.full((360, 640, 3), 200, np.uint8), 480)
    assert canvas.pixels.shape == (288, 480, 3)
    assert canvas.scale.tolist() == [0.75, 0.75]
    assert (canvas.pixels[:270] == 200).all()
    assert (canvas.pixels[270:] == 0).all()
    assert Canvas.of(np.zeros((90, 90, 3), np.uint8), 480).pixels.shape == (96, 96, 3)
