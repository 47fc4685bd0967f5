"""How many requests and tokens a minute all workers together send to an endpoint."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import pytest
import time_machine
from django.core.cache import cache

from annotation.jobs import TryLater
from annotation.pipeline import pacing
from annotation.pipeline.pacing import take_turn
from config.counting import CountingCache
from config.embedded import Places, Valkey
from config.settings import base

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


def test_who_waits_is_not_counted_and_is_told_when_there_is_room():
    with time_machine.travel(NOON + 30, tick=False) as clock:
        take_turn("cloud", Limits(), 900)
        with pytest.raises(TryLater) as wait:
            take_turn("cloud", Limits(), 400)
        assert not wait.value.costs_attempt
        # Of the 900 a third has to leave the window: 20 s into the next minute.
        assert 50 <= wait.value.wait_s <= 60
        take_turn("cloud", Limits(), 100)
        clock.move_to(NOON + 60 + 24.01)
        take_turn("cloud", Limits(), 400)


def test_the_turn_of_a_minute_lets_no_second_measure_through():
    limits = Limits(requests_per_minute=30)
    with time_machine.travel(NOON + 59, tick=False) as clock:
        assert turns(1, limits, most=100) == 30
        clock.move_to(NOON + 61)
        assert turns(1, limits, most=100) == 0
        clock.move_to(NOON + 90)
        assert turns(1, limits, most=100) == 15


def turns_in_a_process(address):
    """With the server's cache, as a worker has it."""
    params = base.CACHES["default"] | {"LOCATION": address}
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(NOON, tick=False):
        patch.setattr(pacing, "cache", CountingCache(address, params))
        return turns(10, Limits(requests_per_minute=50, tokens_per_minute=10**6), most=40)


def test_workers_count_together_on_the_server(tmp_path):
    server = Valkey(Places.of(tmp_path), durable=False)
    with server.running(), ProcessPoolExecutor(4, multiprocessing.get_context("fork")) as pool:
        taken = list(pool.map(turns_in_a_process, [f"unix://{server.mark}"] * 4))
    assert sum(taken) == 50


def test_a_request_larger_than_a_minute_has_one_of_its_own():
    with time_machine.travel(NOON, tick=False):
        assert turns(50_000, Limits()) == 1


def test_endpoints_are_counted_apart():
    with time_machine.travel(NOON, tick=False):
        assert turns(10, Limits()) == 3
        assert turns(10, Limits(), endpoint="other") == 3
