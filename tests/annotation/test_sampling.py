"""Quotas by source and emotion are filled by an even draw that can be repeated."""

from __future__ import annotations

import pytest

from annotation.errors import InvalidInput, NotAllowed, TransitionRefused
from annotation.models import ClipStage, Screening, ScreeningOutcome
from annotation.workflow.rejecting import reject_as_lead
from annotation.workflow.sampling import Wanted, draw_sample, plan_of, set_plan
from annotation.workflow.screening import begin_screening
from tests.factories import SourceFactory, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def plan(world, *quotas, actor=None):
    wanted = [
        Wanted(source or world.source.pk, emotion, count) for source, emotion, count in quotas
    ]
    return set_plan(project_id=world.project.pk, actor=actor or world.lena, quotas=wanted)


def draw(world):
    return draw_sample(project_id=world.project.pk, actor=world.lena)


def waiting(world, emotion, outcome=ScreeningOutcome.PASSED):
    clip = world.clip(stage=ClipStage.SCREENING, emotion=emotion)
    Screening.objects.create(clip=clip, outcome=outcome)
    return clip


def in_work(clips):
    for clip in clips:
        clip.refresh_from_db()
    return [clip.pk for clip in clips if clip.stage == ClipStage.ANNOTATING]


def test_a_plan_holds_new_clips_until_they_are_drawn(world):
    plan(world, (None, "happy", 1))
    clip = world.clip(stage=ClipStage.IMPORTED, emotion="happy")
    begin_screening(clip)
    assert clip.stage == ClipStage.SCREENING
    assert draw(world) == 1
    assert in_work([clip]) == [clip.pk]


def test_each_quota_is_filled_and_no_more(world):
    happy = [waiting(world, "happy") for _ in range(5)]
    sad = [waiting(world, "sad") for _ in range(2)]
    other = waiting(world, "angry")
    plan(world, (None, "happy", 3), (None, "sad", 4))
    assert draw(world) == 5
    assert (len(in_work(happy)), len(in_work(sad)), in_work([other])) == (3, 2, [])
    assert draw(world) == 0
    states = {state.emotion: state for state in plan_of(world.project.pk, world.mila)}
    assert (states["happy"].taken, states["happy"].waiting) == (3, 2)
    assert (states["sad"].taken, states["sad"].waiting) == (2, 0)


def test_a_rejected_clip_makes_room_for_the_next_of_the_same_order(world):
    happy = [waiting(world, "happy") for _ in range(5)]
    plan(world, (None, "happy", 2))
    draw(world)
    first = in_work(happy)
    reject_as_lead(clip_id=first[0], actor=world.lena, reason="static", note="")
    assert draw(world) == 1
    assert first[1] in in_work(happy)


def test_what_was_flagged_is_not_drawn(world):
    flagged = waiting(world, "happy", ScreeningOutcome.FLAGGED)
    unmeasured = waiting(world, "happy", ScreeningOutcome.WAITING)
    plan(world, (None, "happy", 2))
    assert draw(world) == 0
    assert in_work([flagged, unmeasured]) == []


def test_every_clip_is_as_likely_as_the_next():
    """Forty projects with other seeds draw one of four: no place is drawn always or never."""
    places = []
    for seed in range(40):
        world = World(seed=seed)
        clips = [waiting(world, "happy") for _ in range(4)]
        plan(world, (None, "happy", 1))
        draw(world)
        places.append([clip.pk for clip in clips].index(in_work(clips)[0]))
    assert all(3 <= places.count(place) <= 20 for place in range(4))


def test_without_a_plan_everything_goes_on(world):
    clips = [waiting(world, "happy") for _ in range(2)]
    flagged = waiting(world, "happy", ScreeningOutcome.FLAGGED)
    plan(world, (None, "happy", 0))
    assert draw(world) == 0
    assert plan(world) == []
    assert len(in_work([*clips, flagged])) == 2
    with pytest.raises(TransitionRefused):
        draw(world)


def test_a_plan_names_sources_of_the_project_once(world):
    elsewhere = SourceFactory.create()
    with pytest.raises(InvalidInput):
        plan(world, (elsewhere.pk, "happy", 1))
    with pytest.raises(InvalidInput):
        plan(world, (None, "happy", 1), (None, "happy", 2))
    with pytest.raises(NotAllowed):
        plan(world, (None, "happy", 1), actor=world.mila)
