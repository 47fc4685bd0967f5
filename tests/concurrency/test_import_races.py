"""Imports, discards and freezes with real commits, one connection per thread."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import pytest

from annotation.importing.preparing import FileGone, discard, prepare, store_file, stored_path
from annotation.jobs import Progress
from annotation.models import Clip, DatasetVersion, ImportItem
from annotation.workflow.import_batches import run_import, start_upload_import
from annotation.workflow.importing import Labels, import_clip
from annotation.workflow.releasing import freeze
from tests.clips import Recipe, make_clip, steady
from tests.concurrency.racing import race
from tests.factories import World
from tests.steps import consolidated_clip

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stored(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    path = make_clip(tmp_path / "a.mp4", Recipe("a.mp4", *steady(Fraction(25), 5)))

    def store():
        with path.open("rb") as file:
            return store_file(file, path.name)

    return store


def importing(world, prepared):
    return partial(
        import_clip,
        project_id=world.project.pk,
        actor=world.lena,
        source_id=world.source.pk,
        prepared=prepared,
        labels=Labels(name="a.mp4"),
    )


def test_the_same_file_eight_times_at_once_is_one_clip(stored):
    world = World()
    prepared = prepare(stored())

    results = race(*[importing(world, prepared)] * 8)

    answers = [answer for answer in results if isinstance(answer, tuple)]
    assert sorted(created for _, created in answers) == [False] * 7 + [True]
    assert {clip.pk for clip, _ in answers} == {Clip.objects.get().pk}
    assert Clip.objects.get().assignments.count() == world.project.annotators_per_clip


def test_a_discard_at_the_same_moment_leaves_either_a_whole_clip_or_none(stored):
    for _ in range(6):
        world = World()
        file = stored()
        prepared = prepare(file)
        result, _ = race(importing(world, prepared), partial(discard, file))
        if isinstance(result, FileGone):
            assert not Clip.objects.filter(project=world.project).exists()
            continue
        clip = Clip.objects.get(project=world.project)
        assert stored_path(clip.original).exists()
        assert stored_path(clip.poster).exists()
        # Away with it, so that the next round may discard again.
        Clip.objects.filter(pk=clip.pk).update(sha256=f"{clip.pk:064}")


class Unclaimed(Progress):
    """Both workers believe that the job is theirs."""

    def report(self, done, total, message=""):
        pass


def test_two_workers_on_one_import_make_every_clip_once(stored):
    world = World()
    batch = start_upload_import(
        project_id=world.project.pk,
        actor=world.lena,
        source_id=world.source.pk,
        files=[stored()],
    )
    assert batch.job is not None
    job = batch.job

    race(*[partial(run_import, Unclaimed(job))] * 2)

    assert ImportItem.objects.get().clip == Clip.objects.get()
    assert ImportItem.objects.get().status == "imported"


def test_freezes_at_once_have_numbers_of_their_own():
    world = World(cross_validation_check_share=0.0)
    consolidated_clip(world)
    versions = race(*[partial(freeze, project_id=world.project.pk, actor=world.mila, seed=1)] * 4)
    assert all(isinstance(version, DatasetVersion) for version in versions)
    numbers = DatasetVersion.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]
