from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from annotation.models import AnsweredRequest, ApiToken, Source
from tests.factories import World

from .calling import Caller

SOURCE = {"name": "A collection", "kind": "collected", "licence": "CC BY 4.0"}


@pytest.fixture
def world(db):
    return World()


def sources(world):
    return f"projects/{world.project.pk}/sources"


def test_the_same_key_is_answered_again_and_done_once(world):
    lena = Caller(world.lena)
    first, second = (lena.post(sources(world), SOURCE, key="k") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Source.objects.filter(name=SOURCE["name"]).count() == 1


def test_the_same_key_with_another_body_is_refused(world):
    lena = Caller(world.lena)
    lena.post(sources(world), SOURCE, key="k")
    other = lena.post(sources(world), {**SOURCE, "name": "Another"}, key="k")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_keys_of_two_people_are_apart(world):
    Caller(world.lena).post(sources(world), SOURCE, key="k")
    other = Caller(world.mila).post(sources(world), {**SOURCE, "name": "Another"}, key="k")
    assert other.status_code == 201


def test_a_refused_request_may_be_sent_again_with_its_key(world):
    lena = Caller(world.lena)
    Source.objects.create(project=world.project, **SOURCE)
    assert lena.post(sources(world), SOURCE, key="k").status_code == 400
    Source.objects.filter(name=SOURCE["name"]).delete()
    assert lena.post(sources(world), SOURCE, key="k").status_code == 201


def test_a_key_is_forgotten_after_a_day(world):
    lena = Caller(world.lena)
    lena.post(sources(world), SOURCE, key="k")
    AnsweredRequest.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert lena.post(sources(world), {**SOURCE, "name": "Another"}, key="k").status_code == 201


def test_an_answer_with_a_secret_is_stored_nowhere(world):
    lena = Caller(world.lena)
    body = {"name": "sync", "scopes": ["read"]}
    key = lena.post("tokens", body, key="k").json()["token"]
    assert key not in str(list(AnsweredRequest.objects.values()))
    again = lena.post("tokens", body, key="k")
    assert (again.status_code, again.json()["code"]) == (409, "answered_before")
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("key", ["x" * 129, "caf\x7f"])
def test_a_key_that_cannot_be_one_is_refused(world, key):
    assert Caller(world.lena).post(sources(world), SOURCE, key=key).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_key_do_the_work_once():
    world = World()
    callers = [Caller(world.lena) for _ in range(4)]

    def send(caller):
        try:
            return caller.post(sources(world), SOURCE, key="k").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(callers)) as pool:
        assert list(pool.map(send, callers)) == [201] * len(callers)
    assert Source.objects.filter(name=SOURCE["name"]).count() == 1
