"""Filters, targets, locked test splits and hedges: what a version is made of, before and after."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.errors import InvalidInput, TransitionRefused
from annotation.models import DatasetVersion, Split
from annotation.queries.datasets import entries_of
from annotation.queries.release_hedges import hedged_captions
from annotation.queries.release_previews import preview_of
from annotation.workflow.rejecting import withdraw
from annotation.workflow.release_plans import Filter
from annotation.workflow.releasing import freeze, plan_version
from tests.factories import SourceFactory, World
from tests.steps import annotate, consolidate

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Everything consolidated is approved at once, by one annotator, so that much is."""
    return World(cross_validation_check_share=0.0, annotators_per_clip=1)


def frozen(world, **wishes) -> DatasetVersion:
    return freeze(**{"project_id": world.project.pk, "actor": world.mila, "seed": 1, **wishes})


def planned(world, **wishes):
    fields = {"project_id": world.project.pk, "actor": world.mila, "seed": 1}
    return preview_of(plan_version(**{**fields, **wishes}))


def names(version, **having) -> set[str]:
    return set(version.entries.filter(**having).values_list("clip__name", flat=True))


def approved(world, change: str = "Her brows rise.", **fields):
    clip = world.open_clip(**fields)
    annotate(world, world.ada)
    consolidate(world, world.dana, change)
    clip.refresh_from_db()
    return clip


def test_a_filter_is_all_of_what_it_names(world):
    glad = approved(world, emotion="happiness", group="Anna")
    approved(world, emotion="happiness")
    approved(world, emotion="fear", group="Anna")
    version = frozen(world, filter=Filter(emotions=["happiness"], groups=["Anna"]))
    assert names(version) == {glad.name}
    assert version.counts["left_out"] == {"not_in_filter": 2}
    assert version.filter == {"emotions": ["happiness"], "groups": ["Anna"]}


def test_sources_kinds_and_days_narrow_too(world):
    approved(world)
    today = timezone.localdate()
    through = [
        Filter(sources=[world.source.name], source_kinds=["collected"]),
        Filter(approved_from=today, approved_until=today),
    ]
    assert all(frozen(world, filter=each).counts["total"] == 1 for each in through)
    SourceFactory(project=world.project, name="Another")
    stopped = [
        Filter(sources=["Another"]),
        Filter(source_kinds=["existing"]),
        Filter(approved_from=today + timedelta(days=1)),
        Filter(approved_until=today - timedelta(days=1)),
    ]
    for each in stopped:
        with pytest.raises(TransitionRefused, match="passes the filter") as refusal:
            frozen(world, filter=each)
        assert refusal.value.detail == {"left_out": {"not_in_filter": 1}}


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"filter": Filter(sources=["Nowhere"])}, "filter.sources"),
        ({"filter": Filter(source_kinds=["rented"])}, "filter.source_kinds"),
        ({"test_clips": 2, "validation_clips": 2}, "test_clips"),
        ({"test_clips": -1}, "test_clips"),
    ],
)
def test_what_cannot_be_is_told_by_field(world, wishes, field):
    for _ in range(3):
        approved(world)
    with pytest.raises(InvalidInput) as refusal:
        frozen(world, **wishes)
    assert [error["field"] for error in refusal.value.detail["errors"]] == [field]


def test_a_number_of_clips_goes_before_a_share(world):
    for _ in range(5):
        approved(world)
    version = frozen(world, test_clips=3, test_share=0.2, validation_share=0.2)
    assert (version.counts["test"], version.counts["validation"]) == (3, 1)
    assert version.targets == {
        "test": None,
        "test_clips": 3,
        "validation": 0.2,
        "validation_clips": 1,
    }


def test_who_was_tested_on_under_a_lock_is_never_trained_on(world):
    film = [approved(world, source_video=f"film {n}") for n in range(6)]
    first = frozen(world, test_clips=2, locks_test=True)
    locked = names(first, split=Split.TEST)
    tested = next(clip for clip in film if clip.name in locked)
    late = approved(world, source_video=tested.source_video)
    for seed in range(5):
        later = frozen(world, seed=seed, test_clips=0, validation_clips=2)
        assert names(later, split=Split.TEST) == locked | {late.name}
    assert planned(world, test_clips=0).locked == 2


def test_a_lock_holds_through_clips_that_are_not_in_the_version(world):
    tested = approved(world, group="Anna")
    frozen(world, test_share=1.0, locks_test=True)
    world.clip(group="Anna", source_video="film")
    joined = approved(world, source_video="film")
    stranger = approved(world)
    withdraw(clip_id=tested.pk, actor=world.lena, reason="asked")
    version = frozen(world, test_share=0)
    assert names(version, split=Split.TEST) == {joined.name}
    assert names(version, split=Split.TRAIN) == {stranger.name}


def test_captions_that_still_hedge_are_shown_before_they_are_frozen(world):
    clip = approved(world, "Her brows rise, as if she were surprised.")
    plain = approved(world)
    assert planned(world).counts["hedged"] == 1
    wishes = {"project_id": world.project.pk, "actor": world.mila, "leaves_out_hedged": True}
    (found,) = hedged_captions(**wishes, after=0, most=5)
    assert (found.clip_id, found.hedges) == (clip.pk, ["as if she were surprised"])
    assert not hedged_captions(**wishes, after=clip.pk, most=5)
    assert not DatasetVersion.objects.exists()
    version = frozen(world)
    assert version.counts["hedged"] == 1
    for hedges, names_told in ((True, [clip.name]), (False, [plain.name])):
        entries = entries_of(version.uid, world.mila, hedges=hedges)
        assert [entry.clip.name for entry in entries] == names_told
    without = frozen(world, leaves_out_hedged=True)
    assert (without.counts["hedged"], without.counts["left_out"]) == (0, {"hedged": 1})


def test_a_preview_says_what_freezing_with_its_seed_makes(world):
    for emotion in ("joy", "joy", "fear", "fear", "joy"):
        approved(world, emotion=emotion)
    preview = planned(world, seed=None, test_clips=2)
    version = frozen(world, seed=preview.seed, test_clips=2)
    assert preview.counts == version.counts
    assert [stratum.name for stratum in preview.emotions] == ["joy", "fear"]
    assert sum(stratum.test for stratum in preview.emotions) == 2


def test_an_empty_train_split_is_warned_of(world):
    approved(world)
    codes = [warning["code"] for warning in planned(world, test_share=1.0).warnings]
    assert codes == ["empty_train"]
    frozen(world, test_share=1.0, locks_test=True)
    codes = [warning["code"] for warning in planned(world, test_share=0).warnings]
    assert codes == ["empty_train", "test_off_target"]
