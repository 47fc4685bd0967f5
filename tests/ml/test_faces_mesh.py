"""Cut-outs, head poses and the landmarker's file, on numbers made for the purpose."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import numpy as np
import pytest

from ml.faces.mesh import MeshLandmarker, cut_out
from ml.faces.pose import CanonicalFace
from ml.faces.protocol_buffers import message_classes
from ml.weights import Weights, WeightsUnusable

# Eyes, nose, chin and ears of a head that looks at the viewer: right, up and towards the viewer.
HEAD = np.array([[-3, 3, 4], [3, 3, 4], [0, 0, 7], [0, -7, 4], [-7, 0, -2], [7, 0, -2]], np.float64)
FACE = CanonicalFace(np.arange(len(HEAD)), HEAD, np.full(len(HEAD), 1 / len(HEAD)))


def rotation(axis, degrees):
    """About an axis that points at the one who sees it turn anticlockwise."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return {
        "right": np.array([[1, 0, 0], [0, c, -s], [0, s, c]]),
        "up": np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]),
        "viewer": np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]),
    }[axis]


def seen(turn, scale=20.0):
    """As a mesh has it: pixels right and down, depth away from the viewer."""
    points = HEAD @ turn.T * scale * [1, -1, -1] + [320, 180, 5]
    return points.astype(np.float32)


NOSE, LEFT_EYE, RIGHT_EYE = 2, 0, 1


def test_yaw_is_positive_to_the_right_of_the_viewer():
    mesh = seen(rotation("up", 30))
    assert mesh[NOSE, 0] > mesh[[LEFT_EYE, RIGHT_EYE], 0].mean()
    np.testing.assert_allclose(FACE.angles(mesh), [30, 0, 0], atol=1e-3)


def test_pitch_is_positive_upwards():
    mesh = seen(rotation("right", -20))
    assert mesh[NOSE, 1] < seen(np.eye(3))[NOSE, 1]
    np.testing.assert_allclose(FACE.angles(mesh), [0, 20, 0], atol=1e-3)


def test_roll_is_positive_clockwise():
    mesh = seen(rotation("viewer", -15))
    assert mesh[LEFT_EYE, 1] < mesh[RIGHT_EYE, 1]
    np.testing.assert_allclose(FACE.angles(mesh), [0, 0, 15], atol=1e-3)


@pytest.mark.parametrize("yaw", [-70, 0, 45])
@pytest.mark.parametrize("pitch", [-30, 10])
@pytest.mark.parametrize("roll", [-100, 0, 35])
def test_angles_come_back_from_any_turn_at_any_size(yaw, pitch, roll):
    turn = rotation("viewer", -roll) @ rotation("up", yaw) @ rotation("right", -pitch)
    for scale in (0.5, 40):
        found = FACE.angles(seen(turn, scale))
        np.testing.assert_allclose(found, [yaw, pitch, roll], atol=0.01)


def test_a_flattened_face_is_still_no_mirror_image():
    mesh = seen(rotation("up", 30))
    mesh[:, 2] *= -0.2
    assert abs(FACE.angles(mesh)).max() < 90


def test_the_canonical_face_is_read_out_of_its_file():
    geometry = message_classes(
        "written",
        {
            "Geometry": {"mesh": "1 Mesh", "basis": "2 repeated Weight"},
            "Mesh": {"vertices": "3 repeated float"},
            "Weight": {"row": "1 uint32", "weight": "2 float"},
        },
    )["Geometry"]()
    geometry.mesh.vertices.extend([*range(15)])
    for row, weight in ((2, 1.0), (0, 3.0)):
        geometry.basis.add(row=row, weight=weight)
    face = CanonicalFace.parse(geometry.SerializeToString())
    assert face.rows.tolist() == [2, 0]
    assert face.points.tolist() == [[10, 11, 12], [0, 1, 2]]
    assert face.weights.tolist() == [0.25, 0.75]


def test_fields_outside_a_schema_stay_in_a_message():
    whole = message_classes("whole", {"M": {"a": "1 string", "b": "2 string"}})["M"]
    part = message_classes("part", {"M": {"b": "2 string"}})["M"]
    message = part.FromString(whole(a="kept", b="old").SerializeToString())
    message.b = "new"
    assert whole.FromString(message.SerializeToString()) == whole(a="kept", b="new")


@pytest.mark.parametrize("degrees", [0, 40, -90])
def test_a_cut_out_is_upright_and_half_as_large_again_as_the_box(degrees):
    across = rotation("viewer", degrees)[:2, 0]
    eyes = np.stack([[100, 80] - 10 * across, [100, 80] + 10 * across])
    cut = cut_out(np.array([60, 40, 140, 140], np.float32), eyes.astype(np.float32), 256)
    points = eyes @ cut[:, :2].T + cut[:, 2]
    assert points[0, 1] == pytest.approx(points[1, 1], abs=1e-3)
    assert points[1, 0] - points[0, 0] == pytest.approx(20 * 256 / 150, rel=1e-4)
    np.testing.assert_allclose(cut @ [100, 90, 1], [128, 128], atol=1e-3)


def test_eyes_in_one_place_give_no_turn():
    box, eyes = np.array([0, 0, 100, 100], np.float32), np.full((2, 2), 50, np.float32)
    cut = cut_out(box, eyes, 150)
    np.testing.assert_allclose(cut, [[1, 0, 25], [0, 1, 25]], atol=1e-4)


def test_a_file_that_is_no_landmarker_is_refused_by_name(tmp_path):
    empty = BytesIO()
    ZipFile(empty, "w").close()
    for content in (b"no archive", empty.getvalue()):
        with pytest.raises(WeightsUnusable, match="is no face landmarker"):
            MeshLandmarker(Weights(tmp_path / "x.task", content), threads=1)
