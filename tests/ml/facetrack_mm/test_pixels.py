import numpy as np
import pytest
import torch

from ml.facetrack_mm.pixels import face_pixels, frame_pixels
from tests.ml.facetrack_mm.golden_files import GOLDEN, tensors


@pytest.mark.parametrize(
    ("name", "fit"), [("300x500", "pad"), ("300x500", "crop"), ("64x64", "pad")]
)
def test_the_pixels_are_the_originals(name, fit):
    rgb = np.load(GOLDEN / "preprocess" / f"image_{name}.npy")
    expected = tensors("preprocess/expected.safetensors")
    pixels = frame_pixels(rgb, 336, fit)
    prefix = f"image_{name}.{fit}"
    row, column = expected[f"{prefix}.offset"].tolist()
    window = pixels[:, row : row + 64, column : column + 64]
    torch.testing.assert_close(window, expected[f"{prefix}.window"], atol=1e-6, rtol=1e-6)
    flat = pixels.double().flatten(1)
    torch.testing.assert_close(flat.mean(1), expected[f"{prefix}.mean"], atol=1e-6, rtol=1e-6)
    deviation = flat.std(1, correction=0)
    torch.testing.assert_close(deviation, expected[f"{prefix}.std"], atol=1e-6, rtol=1e-6)


def half_red():
    """Red from column 50 on, black before it."""
    rgb = np.zeros((100, 100, 3), np.uint8)
    rgb[:, 50:, 0] = 255
    return rgb


def cut(box, margin=0.5, shape="squash", for_clip=False):
    place = np.array(box, np.float32)
    return face_pixels(half_red(), place, 8, margin=margin, shape=shape, for_clip=for_clip)


def test_a_face_has_a_quarter_of_room_at_each_side():
    # From 20 to 60 with 10 more each way: red from 50 on is the last third.
    red = cut([20, 20, 60, 60])[0, 4] > 0
    assert red.tolist() == [False] * 5 + [True] * 3


def test_room_beyond_the_picture_is_cut_off():
    # From 80 on all is red, and what lies right of the picture adds nothing.
    assert (cut([80, 0, 120, 40])[0] > 1).all()


def test_on_a_square_a_narrow_face_keeps_its_shape():
    squashed = cut([60, 20, 70, 60], margin=0.0)
    square = cut([60, 20, 70, 60], margin=0.0, shape="square")
    assert (squashed[0] > 2).all()
    columns = square[0].mean(0)
    assert (columns[3:5] > 1).all()
    assert (columns[[0, 1, 6, 7]] < 1).all()


@pytest.mark.parametrize("box", [[200, 200, 300, 300], [50, 50, 50, 50], [-90, -90, -50, -50]])
def test_a_box_without_a_place_in_the_picture_still_gives_pixels(box):
    assert cut(box).shape == (3, 8, 8)


def test_the_towers_have_moments_of_their_own():
    face = cut([60, 20, 70, 60])
    clip = cut([60, 20, 70, 60], for_clip=True)
    assert face[0, 0, 0].item() == pytest.approx((1 - 0.485) / 0.229)
    assert clip[0, 0, 0].item() == pytest.approx((1 - 0.48145466) / 0.26862954)
