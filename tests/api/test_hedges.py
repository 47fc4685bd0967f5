"""What still hedges is listed page by page before a version is frozen, and afterwards in it."""

from __future__ import annotations

import pytest

from tests.factories import World
from tests.steps import annotate, consolidate

from .calling import Caller

pytestmark = pytest.mark.django_db


def test_captions_that_hedge_are_a_list_of_pages_and_a_part_of_the_version():
    world = World(cross_validation_check_share=0.0, annotators_per_clip=1)
    for name, change in (("a", "as if glad"), ("b", "slowly"), ("c", "as if sad")):
        world.open_clip(name=name)
        annotate(world, world.ada)
        consolidate(world, world.dana, f"Her brows rise, {change}.")
    mila, versions = Caller(world.mila), f"projects/{world.project.pk}/dataset-versions"
    first = mila.post(f"{versions}/preview/hedged?page_size=1").json()
    assert [row["clip_name"] for row in first["results"]] == ["a"]
    last = mila.post(first["next"].partition("/api/v1/")[2]).json()
    assert [(row["clip_name"], row["hedges"]) for row in last["results"]] == [("c", ["as if sad"])]
    assert last["next"] is None
    assert mila.post(f"{versions}/preview/hedged?cursor=x").status_code == 400

    entries = f"dataset-versions/{mila.post(versions).json()['uid']}/entries"
    for query, told in (("?hedges=true", "ac"), ("?hedges=false", "b"), ("", "abc")):
        rows = mila.get(f"{entries}{query}").json()["results"]
        assert "".join(row["clip_name"] for row in rows) == told
    assert mila.get(f"{entries}?hedges=perhaps").status_code == 400
