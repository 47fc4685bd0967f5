"""Numbers by which a clip is kept or left out."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ml.tracking.analysis import analyse
from ml.tracking.pictures import Pictures
from tests.ml.scripted_faces import HEIGHT, WIDTH, Person, Scene, away, still

RANDOM = np.random.default_rng(5)
# What a project takes for a still picture, until it says otherwise.
STATIC = 0.004
# Of 255: what an encoder leaves of a film's grain.
GRAIN = 2


def picture(seed=0):
    blocks = np.random.default_rng(seed).integers(0, 255, (9, 16, 3), dtype=np.uint8)
    return cv2.resize(blocks, (640, 360), interpolation=cv2.INTER_CUBIC)


def seen(pictures, frame_count=None) -> Pictures:
    found = Pictures(frame_count or len(pictures))
    for index, rgb in enumerate(pictures):
        found.add(index, rgb, starts_shot=False)
    return found


def bits_apart(one: Pictures, other: Pictures) -> int:
    return (int(one.perceptual_hash, 16) ^ int(other.perceptual_hash, 16)).bit_count()


def screening(*people, length=24, cuts=()):
    scene = Scene(list(people), length, cuts)
    return analyse(scene.frames(), scene.header, scene.models).record.screening


def test_grain_is_no_movement_and_a_moving_mouth_is():
    still_picture = picture()
    grainy = [
        np.clip(still_picture + RANDOM.normal(0, GRAIN, still_picture.shape), 0, 255).astype(
            np.uint8
        )
        for _ in range(8)
    ]
    talking = []
    for step in range(8):
        talking.append(still_picture.copy())
        talking[-1][200:280, 280:400] = 250 * (step % 2)
    assert seen([still_picture] * 8).motion == 0
    assert seen(grainy).motion < STATIC < seen(talking).motion


def test_a_cut_is_no_movement():
    found = Pictures(2)
    found.add(0, picture(1), starts_shot=False)
    found.add(1, picture(2), starts_shot=True)
    assert found.motion == 0


def test_a_smaller_copy_of_worse_quality_has_nearly_the_same_hash():
    pictures = [picture(seed) for seed in (1, 1, 2, 2, 3, 3)]
    copies = []
    for rgb in pictures:
        _, jpeg = cv2.imencode(".jpg", cv2.resize(rgb, (320, 180)), [cv2.IMWRITE_JPEG_QUALITY, 30])
        copies.append(cv2.imdecode(jpeg, cv2.IMREAD_COLOR))
    assert len(seen(pictures).perceptual_hash) == 48
    assert bits_apart(seen(pictures), seen(copies)) <= 6
    assert bits_apart(seen(pictures), seen([picture(seed) for seed in range(4, 10)])) > 60


def test_the_hash_tells_apart_what_happens_later():
    one, other = seen([picture(1)] * 6), seen([picture(1)] * 4 + [picture(2)] * 2)
    assert one.perceptual_hash[:32] == other.perceptual_hash[:32]
    assert bits_apart(one, other) > 16


def test_one_frame_has_a_hash():
    assert seen([picture(1)]).perceptual_hash == seen([picture(1)] * 3).perceptual_hash


def test_the_main_area_is_of_the_largest_main_face_where_there_is_one():
    ada = Person("ada", away(still(160, 180, 90), range(12)))
    bela = Person("bela", still(480, 180, 80))
    found = screening(ada, bela)
    shares = 0.5 * (90**2 + 80**2) / (WIDTH * HEIGHT)
    assert found.main_area == pytest.approx(shares, rel=1e-3)


def test_identities_are_those_of_at_least_a_hundredth_of_the_picture():
    sides = (90, 50, 47)  # shares of 3.5, 1.09 and 0.96 %
    people = [Person(f"p{side}", still(100 + 4 * side, 180, side)) for side in sides]
    assert screening(*people).identities == 2


def test_cuts_are_counted_in_the_worst_ten_seconds():
    found = screening(length=400, cuts=(10, 100, 165, 260, 390))
    # At 0.6, 6.3, 10.3, 16.3 and 24.4 s.
    assert found.cuts_per_10_s == 3
    assert found.has_face is False
    assert found.duration_s == pytest.approx(25, abs=0.1)
