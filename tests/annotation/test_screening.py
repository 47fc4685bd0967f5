"""Rules measure, flag and reject; a person has the last word."""

from __future__ import annotations

import pytest

from annotation.errors import InvalidInput, NotAllowed, RevisionConflict, TransitionRefused
from annotation.jobs import run_job
from annotation.models import (
    ClipStage,
    FaceBackends,
    FaceTracks,
    Job,
    Screening,
    ScreeningDecision,
    ScreeningOutcome,
)
from annotation.workflow.rejecting import restore
from annotation.workflow.screening import (
    begin_screening,
    judge,
    keep_clip,
    reject_screened,
    run_judging,
)
from annotation.workflow.screening_rules import change_rules
from tests.factories import World

pytestmark = pytest.mark.django_db

PASSED, FLAGGED, REJECTED = (
    ScreeningOutcome.PASSED,
    ScreeningOutcome.FLAGGED,
    ScreeningOutcome.REJECTED,
)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def backends():
    return FaceBackends.objects.create(key="script", versions={})


def measured(world, backends, *, duration_s=2.0, **values):
    """A clip that waited for its measures and got these."""
    clip = world.clip(stage=ClipStage.SCREENING, duration_s=duration_s)
    measures = {
        "has_face": True,
        "main_area": 0.2,
        "identities": 1,
        "cuts_per_10_s": 0,
        "motion": 0.05,
        **values,
    }
    tracks = FaceTracks.objects.create(
        clip=clip, backends=backends, record="a", main_tracks=[1], track_count=1, **measures
    )
    judge(clip, Screening(clip=clip), tracks)
    clip.refresh_from_db()
    return clip


def outcome_of(clip):
    return Screening.objects.get(clip=clip).outcome


@pytest.mark.parametrize(
    ("values", "outcome", "stage"),
    [
        ({}, PASSED, ClipStage.ANNOTATING),
        ({"duration_s": 20.0}, PASSED, ClipStage.ANNOTATING),
        ({"duration_s": 20.04}, REJECTED, ClipStage.REJECTED),
        ({"has_face": False, "main_area": 0.0}, REJECTED, ClipStage.REJECTED),
        ({"main_area": 0.05}, PASSED, ClipStage.ANNOTATING),
        ({"main_area": 0.049}, FLAGGED, ClipStage.SCREENING),
        ({"identities": 5}, PASSED, ClipStage.ANNOTATING),
        ({"identities": 6}, FLAGGED, ClipStage.SCREENING),
        ({"cuts_per_10_s": 2}, PASSED, ClipStage.ANNOTATING),
        ({"cuts_per_10_s": 3}, FLAGGED, ClipStage.SCREENING),
        ({"motion": 0.0}, FLAGGED, ClipStage.SCREENING),
        ({"identities": 6, "duration_s": 21.0}, REJECTED, ClipStage.REJECTED),
    ],
)
def test_what_the_default_rules_do(world, backends, values, outcome, stage):
    clip = measured(world, backends, **values)
    assert (outcome_of(clip), clip.stage) == (outcome, stage)


def test_every_value_is_kept_with_its_bound(world, backends):
    clip = measured(world, backends, main_area=0.0301)
    findings = {found["rule"]: found for found in Screening.objects.get(clip=clip).findings}
    assert findings["main_area"] == {
        "rule": "main_area",
        "value": 0.0301,
        "threshold": 0.05,
        "outcome": "flagged",
    }
    assert set(findings) == {
        "length",
        "face",
        "main_area",
        "identities",
        "cuts_per_10_s",
        "motion",
    }


def test_a_rejection_by_rule_is_recorded_and_can_be_restored(world, backends):
    clip = measured(world, backends, has_face=False)
    event = clip.events.get(kind="clip.rejected")
    assert (event.actor, event.detail["reason"], event.detail["rules"]) == (
        None,
        "no_face",
        ["face"],
    )
    restore(clip_id=clip.pk, actor=world.lena, note="The face is painted.")
    clip.refresh_from_db()
    assert clip.stage == ClipStage.SCREENING


def test_a_new_clip_waits_only_where_a_worker_sees_faces(world):
    first, second = (world.clip(stage=ClipStage.IMPORTED) for _ in range(2))
    begin_screening(first)
    assert first.stage == ClipStage.ANNOTATING
    FaceBackends.objects.create(key="script", versions={})
    begin_screening(second)
    assert second.stage == ClipStage.SCREENING
    assert Job.objects.get().payload == {"clip": second.pk}


def test_a_clip_that_is_too_long_is_not_even_tracked(world, backends):
    clip = world.clip(stage=ClipStage.IMPORTED, duration_s=31.5)
    begin_screening(clip)
    assert clip.stage == ClipStage.REJECTED
    assert not Job.objects.exists()


@pytest.mark.parametrize("values", [{"main_area": 0.01}, {"has_face": False}])
def test_a_lead_keeps_a_clip_once(world, backends, values):
    clip = measured(world, backends, **values)
    for _ in range(2):
        kept = keep_clip(clip_id=clip.pk, actor=world.lena, reason="It is what we need.")
        assert kept.stage == ClipStage.ANNOTATING
    screening = Screening.objects.get(clip=clip)
    assert (screening.decision, screening.decided_by) == (ScreeningDecision.KEPT, world.lena)
    assert clip.events.filter(kind="screening.kept").count() == 1
    assert clip.assignments.count() == 3


def test_a_kept_clip_that_was_never_measured_gets_its_tracks(world, backends):
    clip = world.clip(stage=ClipStage.IMPORTED, duration_s=31.5)
    begin_screening(clip)
    keep_clip(clip_id=clip.pk, actor=world.lena)
    assert Screening.objects.get(clip=clip).job.payload == {"clip": clip.pk}


def test_a_lead_rejects_a_clip_once_and_may_change_her_mind(world, backends):
    clip = measured(world, backends, main_area=0.01)
    for _ in range(2):
        reject_screened(clip_id=clip.pk, actor=world.lena, reason="static", note="Still.")
    clip.refresh_from_db()
    assert clip.stage == ClipStage.REJECTED
    assert clip.events.filter(kind="screening.rejected").count() == 1
    keep_clip(clip_id=clip.pk, actor=world.lena, reason="It moves after all.")
    clip.refresh_from_db()
    assert clip.stage == ClipStage.ANNOTATING


def test_a_new_measure_does_not_overrule_a_person(world, backends):
    clip = measured(world, backends, main_area=0.01)
    keep_clip(clip_id=clip.pk, actor=world.lena)
    clip.refresh_from_db()
    tracks = FaceTracks.objects.get(clip=clip)
    tracks.has_face = False
    judge(clip, Screening.objects.get(clip=clip), tracks)
    clip.refresh_from_db()
    assert (outcome_of(clip), clip.stage) == (REJECTED, ClipStage.ANNOTATING)


def test_only_leads_decide_and_only_before_the_work(world, backends):
    clip = measured(world, backends, main_area=0.01)
    for person in (world.mila, world.dana, world.ada):
        with pytest.raises(NotAllowed):
            keep_clip(clip_id=clip.pk, actor=person)
    with pytest.raises(TransitionRefused):
        reject_screened(clip_id=world.open_clip().pk, actor=world.lena, reason="static")
    with pytest.raises(TransitionRefused):
        keep_clip(clip_id=world.open_clip().pk, actor=world.lena)


def test_changed_rules_judge_what_waits(world, backends):
    waiting = measured(world, backends, main_area=0.03)
    open_before = measured(world, backends, main_area=0.06)
    change_rules(
        project_id=world.project.pk,
        actor=world.lena,
        revision=0,
        changes={"min_main_area": 0.02},
    )
    run_job(Job.objects.get().pk, run_judging)
    for clip in (waiting, open_before):
        clip.refresh_from_db()
        assert clip.stage == ClipStage.ANNOTATING


def test_rules_are_changed_on_the_revision_that_was_read(world):
    def change(**changes):
        return change_rules(
            project_id=world.project.pk, actor=world.lena, revision=0, changes=changes
        )

    with pytest.raises(InvalidInput):
        change(colour="blue")
    assert change(max_identities=2).revision == 1
    with pytest.raises(RevisionConflict):
        change(max_identities=3)
