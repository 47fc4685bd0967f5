"""What was added, removed, edited and moved between two versions."""

from __future__ import annotations

import pytest

from annotation.errors import InvalidInput, NotAllowed
from annotation.models import DatasetVersion
from annotation.queries.dataset_differences import CHANGES, Differences
from annotation.workflow.rejecting import reopen_approved, withdraw
from annotation.workflow.releasing import freeze
from tests.factories import World
from tests.steps import annotate, consolidate

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World(cross_validation_check_share=0.0, annotators_per_clip=1)


def approved(world, **fields):
    clip = world.open_clip(**fields)
    annotate(world, world.ada)
    consolidate(world, world.dana)
    return clip


def frozen(world, **wishes) -> DatasetVersion:
    return freeze(**{"project_id": world.project.pk, "actor": world.mila, "seed": 1, **wishes})


def test_every_clip_is_found_under_what_became_of_it(world):
    same, left, rewritten = (approved(world) for _ in range(3))
    first = frozen(world, test_clips=0)
    withdraw(clip_id=left.pk, actor=world.lena, reason="asked")
    reopen_approved(clip_id=rewritten.pk, actor=world.lena, reason="again")
    consolidate(world, world.dana, "Her lips part.")
    new = approved(world)
    second = frozen(world, test_share=1.0)

    found = Differences(second.uid, first.uid, world.mila)

    names = {change: {clip["id"] for clip in found.clips(change)} for change in CHANGES}
    assert names == {
        "added": {new.pk},
        "removed": {left.pk},
        "edited": {rewritten.pk},
        "moved": {same.pk, rewritten.pk},
    }
    assert found.counts() == {"added": 1, "removed": 1, "edited": 1, "moved": 2}
    row = found.clips("edited").get()
    assert "Her brows rise." in row["text_before"]
    assert "Her lips part." in row["text_after"]
    assert (row["split_before"], row["split_after"]) == ("train", "test")
    assert found.clips("added").get()["text_before"] is None


def test_versions_of_two_projects_are_not_compared(world):
    approved(world)
    version = frozen(world)
    other = World(cross_validation_check_share=0.0, annotators_per_clip=1)
    approved(other)
    elsewhere = frozen(other)
    other.project.memberships.create(user=world.mila, role="ml")
    with pytest.raises(InvalidInput, match="one project"):
        Differences(version.uid, elsewhere.uid, world.mila)
    with pytest.raises(NotAllowed):
        Differences(version.uid, version.uid, world.ada)
