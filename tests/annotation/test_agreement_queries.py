"""Who learns how people agree."""

from __future__ import annotations

import pytest

from annotation.jobs import run_job
from annotation.models import AgreementScore, AnnotationVersion, Job, JobState
from annotation.pipeline import agreement
from annotation.pipeline.agreement_summaries import summarize_agreement
from annotation.queries.agreement import agreement_of
from annotation.queries.reviews import consolidation_workspace
from annotation.tasks import sweep
from annotation.workflow.agreement import submitted_versions
from annotation.workflow.rejecting import reopen_approved
from ml.metrics.offline_judge import OfflineJudge
from tests.factories import World
from tests.steps import annotate, annotated_clip, consolidate, start_consolidation

TEXTS = ["Her brows rise.", "Her brows rise.", "She smiles."]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def judge(monkeypatch):
    monkeypatch.setattr(agreement, "installed_judge", OfflineJudge.without_network)


@pytest.fixture
def world():
    return World(cross_validation_check_share=0.0)


def work_off():
    """What a worker would do of itself."""
    for kind, body in (
        ("score_agreement", agreement.score_agreement),
        ("summarize_agreement", summarize_agreement),
    ):
        for job in Job.objects.filter(kind__endswith=kind, state=JobState.QUEUED):
            run_job(job.pk, body)
        sweep()


def approved_clip(world):
    clip = world.open_clip()
    for person, text in zip(world.annotators, TEXTS, strict=True):
        annotate(world, person, text)
    consolidate(world, world.dana)
    return clip


def test_the_lead_sees_every_pair_by_name_and_the_lowest_clips(world):
    clip = approved_clip(world)
    work_off()
    seen = agreement_of(world.project.pk, world.lena)
    assert (seen.is_whole, seen.is_current, seen.clips_waiting) == (True, True, 0)
    assert [person.name for person in seen.annotators.people] == ["Ada", "Bela", "Chen"]
    by_pair = {
        (pair["one"], pair["other"]): pair["figures"]["event_f1"]["value"]
        for pair in seen.annotators.pairs
    }
    ada, bela, chen = (person.pk for person in world.annotators)
    assert by_pair == {(ada, bela): 1.0, (ada, chen): 0.0, (bela, chen): 0.0}
    (low,) = seen.annotators.lowest
    assert (low.clip_id, low.pairs) == (clip.pk, 3)
    assert low.event_f1 == pytest.approx(1 / 3)
    assert seen.reviewers.people == []


def test_others_see_their_own_figures_alone(world):
    approved_clip(world)
    work_off()
    for person in (world.ada, world.dana, world.mila):
        seen = agreement_of(world.project.pk, person)
        assert not seen.is_whole
        shown = [each.name for each in seen.annotators.people]
        assert shown == (["Ada"] if person == world.ada else [])
        assert seen.annotators.overall is None
        hidden = [seen.annotators.pairs, seen.annotators.weeks, seen.annotators.lowest]
        assert hidden == [[], [], []]


def test_nothing_is_counted_before_a_clip_is_approved(world):
    annotated_clip(world)
    work_off()
    assert AgreementScore.objects.count() == 3
    lead = agreement_of(world.project.pk, world.lena)
    assert (lead.annotators.overall, lead.annotators.lowest, lead.clips_waiting) == (None, [], 1)
    assert agreement_of(world.project.pk, world.ada).annotators.people == []


def test_figures_say_when_they_are_behind(world):
    clip = approved_clip(world)
    assert agreement_of(world.project.pk, world.lena).is_current
    work_off()
    assert agreement_of(world.project.pk, world.lena).is_current
    reopen_approved(clip_id=clip.pk, actor=world.lena, reason="It is wrong.")
    behind = agreement_of(world.project.pk, world.lena)
    assert not behind.is_current
    assert behind.annotators.lowest == []


def test_the_reviewer_reads_pairs_by_letters(world):
    clip = world.open_clip()
    for person, text in zip(world.annotators, TEXTS, strict=True):
        annotate(world, person, text)
    held = start_consolidation(world, world.dana)
    assert consolidation_workspace(held.pk, world.dana).agreement is None
    work_off()
    seen = consolidation_workspace(held.pk, world.dana)
    assert seen.agreement is not None
    assert seen.agreement.event_f1 == pytest.approx(1 / 3)
    assert [(pair.one, pair.other) for pair in seen.agreement.pairs] == [
        ("A", "B"),
        ("A", "C"),
        ("B", "C"),
    ]
    # The two that agree are those whose texts are equal, whatever their letters.
    (equal,) = (pair for pair in seen.agreement.pairs if pair.event_f1 == 1.0)
    texts = {each.label: each.document["facial_changes"][0]["text"] for each in seen.annotations}
    assert texts[equal.one] == texts[equal.other] == "Her brows rise."
    # Of a former text nothing is shown.
    newer = submitted_versions(clip)[0]
    AnnotationVersion.objects.create(
        annotation=newer.annotation, revision=9, kind="submitted", document=newer.document
    )
    again = consolidation_workspace(held.pk, world.dana).agreement
    assert again is not None
    assert len(again.pairs) == 1
