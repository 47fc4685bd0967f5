"""What the real networks make of a real face."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ml.faces.blendshapes import NAMES
from ml.faces.records import PRESENT, Detections

# Read off the picture by eye: left, top, right, bottom.
FACE = np.array([115, 55, 208, 180])


def turned(rgb: np.ndarray, degrees: float) -> np.ndarray:
    """Clockwise about the middle."""
    side = rgb.shape[0]
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), -degrees, 1)
    return cv2.warpAffine(rgb, matrix, (side, side))


def scaled(rgb: np.ndarray, factor: float) -> np.ndarray:
    return cv2.resize(rgb, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


@pytest.fixture(scope="module")
def found(face_models, portrait):
    return face_models.detector(portrait)


@pytest.fixture(scope="module")
def mesh(face_models, portrait, found):
    return face_models.landmarker(portrait, found.boxes, found.landmarks)


def test_one_face_is_found_where_it_is(found):
    assert len(found) == 1
    assert found.scores[0] > 0.8
    np.testing.assert_allclose(found.boxes[0], FACE, atol=8)


def test_the_five_points_have_their_order(found):
    left_eye, right_eye, nose, left_mouth, right_mouth = found.landmarks[0]
    assert left_eye[0] < nose[0] < right_eye[0]
    assert left_mouth[0] < nose[0] < right_mouth[0]
    assert max(left_eye[1], right_eye[1]) < nose[1] < min(left_mouth[1], right_mouth[1])


@pytest.mark.parametrize("factor", [0.25, 3.0, 12.0])
def test_a_face_is_found_at_every_size_of_picture(face_models, portrait, found, factor):
    other = face_models.detector(scaled(portrait, factor))
    np.testing.assert_allclose(other.boxes / factor, found.boxes, atol=6)


def test_a_picture_without_a_face_has_none(face_models, portrait):
    noise = np.random.default_rng(1).integers(0, 255, portrait.shape, dtype=np.uint8)
    for rgb in (noise, np.zeros_like(portrait), portrait[200:]):
        assert len(face_models.detector(np.ascontiguousarray(rgb))) == 0


def test_a_face_keeps_its_vector_however_it_is_shown(face_models, portrait, found):
    (vector,) = face_models.embedder(portrait, found.landmarks)
    assert vector.shape == (face_models.embedder.dimensions,) == (192,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    mirrored = np.ascontiguousarray(portrait[:, ::-1])
    for rgb in (mirrored, turned(portrait, 30), scaled(portrait, 2), portrait // 2):
        (other,) = face_models.embedder(rgb, face_models.detector(rgb).landmarks)
        assert vector @ other > 0.85


def test_a_batch_gives_each_face_what_it_gets_alone(face_models, portrait, found):
    points = np.concatenate([found.landmarks, found.landmarks * 0.9, found.landmarks + 5])
    together = face_models.embedder(portrait, points)
    for row, vector in zip(points, together, strict=True):
        np.testing.assert_allclose(face_models.embedder(portrait, row[None])[0], vector, atol=1e-4)


def test_the_mesh_lies_on_the_face_and_is_sure_of_it(mesh, found):
    assert mesh.points.shape == (1, 478, 3)
    assert mesh.presence[0] > 0.95
    left, top, right, bottom = FACE
    x, y = mesh.points[0, :, 0], mesh.points[0, :, 1]
    assert left - 15 < x.min() < x.max() < right + 15
    assert top - 15 < y.min() < y.max() < bottom + 15
    # 468 and 473 are the middles of the irises, on the viewer's left and right.
    np.testing.assert_allclose(mesh.points[0, [468, 473], :2], found.landmarks[0, :2], atol=5)


def test_where_no_face_is_the_mesh_says_so(face_models, portrait, found):
    elsewhere = np.array([110, 140], np.float32)
    boxes = found.boxes + np.tile(elsewhere, 2)
    nothing = face_models.landmarker(portrait, boxes, found.landmarks + elsewhere)
    assert nothing.presence[0] < PRESENT


def test_the_smile_is_seen(mesh):
    values = dict(zip(NAMES, mesh.blendshapes[0], strict=True))
    assert min(values["mouthSmileLeft"], values["mouthSmileRight"]) > 0.7
    assert max(values["eyeBlinkLeft"], values["eyeBlinkRight"], values["jawOpen"]) < 0.2


def shut(rgb: np.ndarray, mesh: np.ndarray) -> np.ndarray:
    """Paints skin over the eye on the viewer's left, and lashes along its lower lid."""
    upper = mesh[[33, 246, 161, 160, 159, 158, 157, 173, 133], :2]
    lower = mesh[[33, 7, 163, 144, 145, 153, 154, 155, 133], :2]
    outline = np.concatenate([upper, lower[::-1]])
    middle = outline.mean(axis=0)
    mask = np.zeros(rgb.shape[:2], np.uint8)
    cv2.fillPoly(mask, [((outline - middle) * [1.1, 2.5] + middle).round().astype(np.int32)], [255])
    painted = cv2.inpaint(rgb, mask, 3, cv2.INPAINT_TELEA)
    cv2.polylines(painted, [lower.round().astype(np.int32)], False, (50, 30, 25), 2)
    return painted


def test_left_and_right_are_the_subjects(face_models, portrait, found, mesh):
    rgb = shut(portrait, mesh.points[0])
    closed = face_models.landmarker(rgb, found.boxes, found.landmarks)
    rise = dict(zip(NAMES, closed.blendshapes[0] - mesh.blendshapes[0], strict=True))
    assert rise["eyeBlinkRight"] > 0.2
    assert rise["eyeBlinkRight"] > 3 * rise["eyeBlinkLeft"]


def test_the_pose_turns_with_the_picture(face_models, portrait, mesh):
    yaw, _pitch, roll = mesh.pose[0]
    mirrored = np.ascontiguousarray(portrait[:, ::-1])
    for rgb, expected in (
        (mirrored, (-yaw, -roll)),
        (turned(portrait, 20), (yaw, roll + 20)),
        (turned(portrait, -60), (yaw, roll - 60)),
    ):
        other = face_models.detector(rgb)
        pose = face_models.landmarker(rgb, other.boxes, other.landmarks).pose[0]
        np.testing.assert_allclose(pose[[0, 2]], expected, atol=4)


def test_no_face_gives_no_rows(face_models, portrait):
    none = Detections.none()
    assert face_models.embedder(portrait, none.landmarks).shape == (0, 192)
    assert len(face_models.landmarker(portrait, none.boxes, none.landmarks)) == 0


def test_the_same_picture_gives_the_same_numbers(face_models, portrait, found, mesh):
    again = face_models.detector(portrait)
    np.testing.assert_array_equal(again.boxes, found.boxes)
    once_more = face_models.landmarker(portrait, again.boxes, again.landmarks)
    np.testing.assert_array_equal(once_more.blendshapes, mesh.blendshapes)
    np.testing.assert_array_equal(
        face_models.embedder(portrait, again.landmarks),
        face_models.embedder(portrait, found.landmarks),
    )
