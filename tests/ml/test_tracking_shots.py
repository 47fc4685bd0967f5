"""Cuts, and what only looks like one."""

from __future__ import annotations

import numpy as np

from ml.tracking.shots import FLASH, find_shots, last_of_transitions
from ml.video.streaming import SampledFrame

RED, BLUE, GREY, BLACK, WHITE = (
    (200, 40, 40),
    (40, 40, 200),
    (120, 120, 120),
    (0, 0, 0),
    (255, 255, 255),
)


def scene(colour, seed=0):
    """A textured picture around one colour."""
    noise = np.random.default_rng(seed).integers(-30, 30, (90, 160, 3))
    return np.clip(np.array(colour) + noise, 0, 255).astype(np.uint8)


def mix(one, other, share):
    return (one * (1 - share) + other * share).astype(np.uint8)


def cuts(pictures):
    frames = [
        SampledFrame(2 * place, place / 16, picture) for place, picture in enumerate(pictures)
    ]
    shots = list(find_shots(iter(frames), 0.6))
    assert [shot.frame for shot in shots] == frames
    return [shot.frame.index // 2 for shot in shots if shot.starts_shot]


def test_every_jump_of_the_colours_is_a_cut():
    assert cuts([scene(RED)] * 5 + [scene(BLUE)] * 4 + [scene(GREY)] * 3) == [5, 9]


def test_one_picture_has_no_cut():
    assert cuts([scene(RED)]) == []
    assert cuts([]) == []


def test_noise_is_no_cut():
    assert cuts([scene(RED, seed) for seed in range(8)]) == []


def test_a_flash_is_no_cut():
    for length in range(1, FLASH + 1):
        assert cuts([scene(RED)] * 4 + [scene(WHITE)] * length + [scene(RED)] * 4) == []


def test_a_shot_longer_than_a_flash_has_two_cuts():
    pictures = [scene(RED)] * 4 + [scene(BLUE)] * (FLASH + 1) + [scene(RED)] * 4
    assert cuts(pictures) == [4, 4 + FLASH + 1]


def test_a_cut_through_a_flash_shows_both_its_edges():
    assert cuts([scene(RED)] * 4 + [scene(WHITE)] + [scene(BLUE)] * 4) == [4, 5]


def test_a_cut_just_before_the_end_is_found():
    assert cuts([scene(RED)] * 4 + [scene(BLUE)]) == [4]


def test_moving_things_are_no_cut():
    picture = scene(GREY)
    picture[20:60, 20:60] = RED
    assert cuts([np.roll(picture, 8 * step, axis=1) for step in range(10)]) == []


def test_getting_darker_slowly_is_no_cut():
    assert cuts([mix(scene(RED), scene(RED) * 0, 0.4 * step / 16) for step in range(17)]) == []


def test_a_fade_from_one_shot_to_the_next_is_one_cut():
    black = scene(RED) * 0
    out = [mix(scene(RED), black, step / 8) for step in range(9)]
    back = [mix(black, scene(BLUE), step / 8) for step in range(9)]
    jumps = cuts(out + back + [scene(BLUE)] * 8)
    assert len(jumps) > 1
    assert last_of_transitions(jumps) == jumps[-1:]


def test_short_shots_are_no_transition():
    assert last_of_transitions([5, 10, 15]) == [5, 10, 15]
