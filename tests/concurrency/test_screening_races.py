from __future__ import annotations

from functools import partial

import pytest

from annotation.models import ClipStage, FaceBackends, FaceTracks, Job, Screening, ScreeningOutcome
from annotation.workflow.sampling import Wanted, draw_sample, set_plan
from annotation.workflow.screening import keep_clip, reject_screened
from annotation.workflow.tracking import choose_main_faces, track_missing
from tests.factories import World
from tests.scripted_faces import a_record, a_track, store_tracks

from .racing import codes, race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return World()


def waiting(world):
    clip = world.clip(stage=ClipStage.SCREENING, emotion="happy")
    Screening.objects.create(clip=clip, outcome=ScreeningOutcome.PASSED)
    return clip


def test_two_draws_at_once_fill_a_quota_once(world):
    for _ in range(8):
        waiting(world)
    quotas = [Wanted(world.source.pk, "happy", 3)]
    set_plan(project_id=world.project.pk, actor=world.lena, quotas=quotas)
    draw = partial(draw_sample, project_id=world.project.pk, actor=world.lena)
    assert sorted(map(str, race(draw, draw, draw))) == ["0", "0", "3"]
    assert world.project.clips.filter(stage=ClipStage.ANNOTATING).count() == 3


def test_of_two_leads_who_disagree_the_last_word_is_the_clips(world):
    clip = waiting(world)
    olga = world.member("Olga", "lead")
    outcomes = race(
        partial(keep_clip, clip_id=clip.pk, actor=world.lena),
        partial(reject_screened, clip_id=clip.pk, actor=olga, reason="static"),
    )
    # Kept first, it is no longer to be rejected here; rejected first, it is kept after all.
    assert codes(outcomes) in (["done", "transition_refused"], ["done", "done"])
    clip.refresh_from_db()
    assert (clip.stage, clip.screening.decision) == (ClipStage.ANNOTATING, "kept")


def test_two_who_ask_for_tracks_at_once_start_one_job(world):
    FaceBackends.objects.create(key="script", versions={})
    world.clip()
    ask = partial(track_missing, project_id=world.project.pk)
    race(partial(ask, actor=world.lena), partial(ask, actor=world.mila))
    assert Job.objects.count() == 1


def test_two_choices_at_once_are_two_revisions(world):
    backends = FaceBackends.objects.create(key="script", versions={})
    clip = world.clip()
    store_tracks(clip, backends, a_record(a_track(1), a_track(2, is_main=False, left=700)))
    choose = partial(choose_main_faces, clip_id=clip.pk)
    chosen = race(
        partial(choose, actor=world.lena, tracks=[1]), partial(choose, actor=world.dana, tracks=[2])
    )
    made: list[FaceTracks] = [tracks for tracks in chosen if isinstance(tracks, FaceTracks)]
    last = max(made, key=lambda tracks: tracks.revision)
    assert sorted(tracks.revision for tracks in made) == [2, 3]
    clip.refresh_from_db()
    assert clip.face_tracks.main_tracks == last.main_tracks
