"""How many requests and tokens a minute all workers together send to an endpoint."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import time_machine
from django.core.cache import cache

from annotation.jobs import TryLater
from annotation.pipeline.pacing import take_turn

NOON = 1_800_000_000 - 1_800_000_000 % 60


@dataclass(frozen=True)
class Limits:
    requests_per_minute: int = 3
    tokens_per_minute: int = 1000


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


def turns(tokens, limits, endpoint="cloud", most=10):
    """How many turns there were before somebody had to wait."""
    for taken in range(most):
        try:
            take_turn(endpoint, limits, tokens)
        except TryLater:
            return taken
    return most


@pytest.mark.parametrize(("tokens", "expected"), [(10, 3), (400, 2), (500, 2), (1000, 1)])
def test_a_minute_takes_so_many_requests_and_tokens(tokens, expected):
    with time_machine.travel(NOON, tick=False):
        assert turns(tokens, Limits()) == expected


def test_who_waits_is_not_counted_and_comes_back_in_the_next_minute():
    with time_machine.travel(NOON + 20, tick=False) as clock:
        take_turn("cloud", Limits(), 900)
        with pytest.raises(TryLater) as wait:
            take_turn("cloud", Limits(), 200)
        assert 40 <= wait.value.wait_s <= 50
        assert not wait.value.costs_attempt
        take_turn("cloud", Limits(), 100)
        clock.move_to(NOON + 60)
        take_turn("cloud", Limits(), 900)


def test_a_request_larger_than_a_minute_has_one_of_its_own():
    with time_machine.travel(NOON, tick=False):
        assert turns(50_000, Limits()) == 1


def test_endpoints_are_counted_apart():
    with time_machine.travel(NOON, tick=False):
        assert turns(10, Limits()) == 3
        assert turns(10, Limits(), endpoint="other") == 3
