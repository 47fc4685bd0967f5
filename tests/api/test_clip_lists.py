from __future__ import annotations

import pytest

from annotation.models import ClipStage
from tests.factories import ClipFactory, World

from .calling import Caller

pytestmark = pytest.mark.django_db


def names(caller, path):
    return [row["name"] for row in caller.get(path).json()["results"]]


@pytest.fixture
def world():
    return World()


@pytest.fixture
def clips(world):
    return f"projects/{world.project.pk}/clips"


def test_filters_and_orders(world, clips):
    world.clip(name="b", emotion="happy", source_video="film one")
    world.clip(name="a", emotion="sad", stage=ClipStage.APPROVED)
    vera = Caller(world.vera)
    assert names(vera, clips) == ["a", "b"]
    assert names(vera, f"{clips}?order=oldest") == ["b", "a"]
    assert names(vera, f"{clips}?order=name") == ["a", "b"]
    assert names(vera, f"{clips}?stage=approved") == ["a"]
    assert names(vera, f"{clips}?emotion=happy") == ["b"]
    assert names(vera, f"{clips}?search=ILM O") == ["b"]
    assert names(vera, f"{clips}?source={world.source.pk + 1}") == []


@pytest.mark.parametrize(
    "query",
    [
        "created_by__password__regex=.*",
        "created_by__password__startswith=a",
        "ordering=created_by__password",
        "order=sha256",
        "stage=anything",
        "source=x",
        "search=" + "x" * 201,
        "cursor=%FF",
        "cursor=cD0n",
        "fields=sha256",
    ],
)
def test_s50_a_parameter_that_is_not_named_is_refused(world, clips, query):
    answer = Caller(world.vera).get(f"{clips}?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_a_search_text_is_no_pattern(world, clips):
    world.clip(name="100%_sure")
    world.clip(name="other")
    assert names(Caller(world.vera), f"{clips}?search=%25_") == ["100%_sure"]


def test_pages_hold_while_clips_are_added(world, clips):
    for number in range(5):
        world.clip(name=f"clip {number}")
    vera = Caller(world.vera)
    page = vera.get(f"{clips}?page_size=2").json()
    seen = [row["name"] for row in page["results"]]
    world.clip(name="late")
    while page["next"]:
        page = vera.client.get(page["next"]).json()
        seen += [row["name"] for row in page["results"]]
    assert seen == [f"clip {number}" for number in (4, 3, 2, 1, 0)]


def test_a_page_of_a_hundred_takes_few_queries(world, clips, django_assert_max_num_queries):
    ClipFactory.create_batch(100, source=world.source)
    vera = Caller(world.vera)
    vera.get(clips)
    with django_assert_max_num_queries(6):
        assert len(names(vera, f"{clips}?page_size=100")) == 100
