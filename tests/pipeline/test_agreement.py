"""From texts handed in to scores, and from scores to what a project's agreement comes to."""

from __future__ import annotations

import pytest

from annotation.jobs import JobKind, run_job
from annotation.models import (
    AgreementKind,
    AgreementScore,
    AgreementSummary,
    Clip,
    ClipStage,
    Job,
    JobState,
)
from annotation.pipeline import agreement
from annotation.pipeline.agreement_summaries import figures_of, summarize_agreement, summary_of
from annotation.tasks import sweep
from annotation.workflow.agreement import pairs_of, store_scores
from annotation.workflow.consolidation import return_annotation, submitted_annotations
from annotation.workflow.cross_validating import agree, reveal, save_cross_validation
from annotation.workflow.rejecting import reopen_approved
from ml.metrics.offline_judge import OfflineJudge
from tests.api.calling import Caller
from tests.factories import World, a_document
from tests.steps import (
    annotate,
    annotated_clip,
    consolidated_clip,
    start_consolidation,
    start_cross_validation,
    submit,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def judge(monkeypatch):
    judge = OfflineJudge.without_network()
    monkeypatch.setattr(agreement, "installed_judge", lambda: judge)
    return judge


def run_all(kind=JobKind.SCORE_AGREEMENT):
    body = {
        JobKind.SCORE_AGREEMENT: agreement.score_agreement,
        JobKind.SUMMARIZE_AGREEMENT: summarize_agreement,
    }[kind]
    waiting = list(Job.objects.filter(kind=kind, state=JobState.QUEUED))
    for job in waiting:
        run_job(job.pk, body)
        job.refresh_from_db()
        assert job.state == JobState.DONE, job.error
    return len(waiting)


def scores(clip, kind=AgreementKind.ANNOTATORS):
    return list(clip.agreement_scores.filter(kind=kind).order_by("one_id", "other_id"))


def revealed(world, text="She smiles."):
    """Eli has written his own version without seeing Dana's, then seen it."""
    held = start_cross_validation(world, world.eli)
    saved = save_cross_validation(
        cross_validation_id=held.pk, actor=world.eli, revision=0, document=a_document(text)
    )
    return reveal(cross_validation_id=held.pk, actor=world.eli, revision=saved.revision)


def approved_clip(world):
    held = revealed(world)
    agree(cross_validation_id=held.pk, actor=world.eli, revision=held.revision)
    return held.clip


def test_the_last_submission_has_every_two_annotators_compared():
    world = World()
    clip = world.open_clip()
    for person, text in zip(
        world.annotators, ["Her brows rise."] * 2 + ["She smiles."], strict=True
    ):
        assert run_all() == 0
        annotate(world, person, text)
    assert run_all() == 1
    found = {(score.one.name, score.other.name): score.event_f1 for score in scores(clip)}
    assert found == {("Ada", "Bela"): 1.0, ("Ada", "Chen"): 0.0, ("Bela", "Chen"): 0.0}
    assert {score.metric_version for score in scores(clip)} == {agreement.metric_version()}


def stored():
    rows = AgreementScore.objects.order_by("pk")
    return list(rows.values_list("pk", "event_f1", "created_at"))


def test_repeated_it_changes_nothing():
    clip = annotated_clip(World())
    run_all()
    before = stored()
    Job.objects.filter(kind=JobKind.SCORE_AGREEMENT).update(state=JobState.QUEUED, ended_at=None)
    assert run_all() == 1
    assert stored() == before
    assert len(scores(clip)) == 3


def test_work_handed_in_again_takes_the_place_of_the_former():
    world = World()
    clip = annotated_clip(world)
    run_all()
    old = pairs_of(clip)
    held = start_consolidation(world, world.dana)
    chens = next(each for each in submitted_annotations(clip) if each.annotator_id == world.chen.pk)
    return_annotation(
        consolidation_id=held.pk, actor=world.dana, annotation_uid=chens.uid, reason="Look again."
    )
    write(chens.assignment, world.chen, "She smiles.")
    submit(chens.assignment, world.chen)
    assert run_all() == 1
    found = scores(clip)
    assert [score.event_f1 for score in found] == [1.0, 0.0, 0.0]
    # A late worker that still compared the former texts leaves no trace.
    store_scores(
        clip_id=clip.pk, scores=map(agreement.score_of, old), metric_version="of the late one"
    )
    assert [score.pk for score in scores(clip)] == [score.pk for score in found]
    assert [score.event_f1 for score in scores(clip)] == [1.0, 0.0, 0.0]


def test_a_blind_review_is_compared_with_the_first_when_both_are_written():
    world = World(cross_validation_blind_share=1.0)
    clip = consolidated_clip(world)
    run_all()
    held = revealed(world)
    eli = Caller(world.eli)
    assert eli.get(f"cross-validations/{held.pk}").json()["agreement"] is None
    assert run_all() == 1
    seen = eli.get(f"cross-validations/{held.pk}").json()["agreement"]
    (score,) = scores(clip, AgreementKind.REVIEWERS)
    assert (score.one, score.other) == (world.dana, world.eli)
    assert score.cross_validation == held
    assert score.event_f1 == seen["event_f1"] == 0.0
    assert score.word_distance == seen["word_distance"] > 0
    # What Eli writes after he saw Dana's is not compared.
    save_cross_validation(
        cross_validation_id=held.pk,
        actor=world.eli,
        revision=held.revision,
        document=a_document("Her brows rise."),
    )
    assert agreement.score_of(pairs_of(clip)[-1]).numbers["event_f1"] == 0.0


def test_another_version_of_the_metric_renews_scores_once(monkeypatch):
    clip = annotated_clip(World())
    run_all()
    assert agreement.renew() == 0
    monkeypatch.setattr(agreement, "metric_version", lambda: "a later one")
    assert agreement.renew() == 1
    assert agreement.renew() == 1
    assert run_all() == 1
    assert {score.metric_version for score in scores(clip)} == {"a later one"}
    assert agreement.renew() == 0


def test_clips_that_nobody_asked_for_are_found_when_a_worker_starts():
    annotated_clip(World())
    Job.objects.all().delete()
    assert agreement.renew() == 1
    assert run_all() == 1


def test_one_annotator_has_nobody_to_agree_with():
    world = World(annotators_per_clip=1)
    world.open_clip()
    annotate(world, world.ada)
    assert run_all() == 0
    assert agreement.renew() == 0


def test_the_summary_is_of_approved_clips_and_made_once_for_equal_scores():
    world = World(cross_validation_blind_share=1.0)
    consolidated_clip(world)
    run_all()
    sweep()
    assert run_all(JobKind.SUMMARIZE_AGREEMENT) == 1
    assert AgreementSummary.objects.get().figures["annotators"]["overall"] is None

    clip = approved_clip(world)
    run_all()
    sweep()
    sweep()
    assert run_all(JobKind.SUMMARIZE_AGREEMENT) == 1
    figures = AgreementSummary.objects.get().figures
    assert figures["annotators"]["overall"]["clips"] == 1
    assert len(figures["annotators"]["pairs"]) == 3
    (pair,) = figures["reviewers"]["pairs"]
    assert (pair["one"], pair["other"]) == (world.dana.pk, world.eli.pk)
    sweep()
    assert run_all(JobKind.SUMMARIZE_AGREEMENT) == 0

    # Opened again, the clip counts no more; approved again, it counts as before.
    reopen_approved(clip_id=clip.pk, actor=world.lena, reason="It is wrong.")
    sweep()
    assert run_all(JobKind.SUMMARIZE_AGREEMENT) == 1
    Clip.objects.filter(pk=clip.pk).update(stage=ClipStage.APPROVED)
    sweep()
    assert run_all(JobKind.SUMMARIZE_AGREEMENT) == 1


def test_jobs_tell_no_number():
    annotated_clip(World())
    run_all()
    assert Job.objects.get(kind=JobKind.SCORE_AGREEMENT).result == {"pairs": 3}


def score(clip, one, other, event_f1, marks=(0, 0, 0, 10)):
    return AgreementScore(
        clip_id=clip,
        one_id=one,
        other_id=other,
        event_f1=event_f1,
        tem=event_f1,
        word_distance=0.5,
        marked_by_both=marks[0],
        marked_by_one=marks[1],
        marked_by_other=marks[2],
        marked_by_nobody=marks[3],
    )


def test_clips_count_once_however_many_pairs_they_have():
    figures = figures_of([score(1, 1, 2, 1.0), score(1, 1, 3, 1.0), score(2, 1, 2, 0.0)], seed=7)
    assert figures["clips"] == 2
    assert figures["event_f1"] == {"value": 0.5, "low": 0.0, "high": 1.0}
    assert figures["word_distance"] == {"value": 0.5, "low": 0.5, "high": 0.5}
    assert figures["kappa"] is None


def test_kappa_is_of_all_words_together():
    scores = [score(1, 1, 2, 1.0, (4, 1, 0, 0)), score(2, 1, 2, 1.0, (0, 0, 2, 3))]
    assert figures_of(scores, seed=7)["kappa"]["value"] == pytest.approx(0.4)


def test_a_pair_is_one_pair_whoever_comes_first(monkeypatch):
    monkeypatch.setattr("annotation.pipeline.agreement_summaries._monday", lambda _: "2026-01-05")
    found = summary_of([score(1, 5, 3, 1.0), score(2, 3, 5, 0.0)], seed=7)
    assert [(pair["one"], pair["other"]) for pair in found["pairs"]] == [(3, 5)]
    assert [person["person"] for person in found["people"]] == [3, 5]
