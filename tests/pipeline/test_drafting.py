"""Hosted drafts on the platform: asked for once, paid for once, and never in people's way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from annotation.models import (
    CallStatus,
    ClipStage,
    Draft,
    DraftStatus,
    FaceTracks,
    JobState,
    ModelCall,
    ProjectBudget,
    RoleKind,
)
from annotation.pipeline import asking
from annotation.workflow.drafting import end_next_abandoned_draft
from annotation.workflow.jobs import cancel_job, retry_job
from annotation.workflow.rejecting import withdraw
from annotation.workflow.spending import end_forgotten_calls
from tests.factories import HostedModelFactory
from tests.hosted_model import CAPTION, CutReply, refusing, saying
from tests.pipeline.drafting import abandon, ask, give, run, serve
from tests.scripted_faces import a_record, a_track, store_tracks

pytestmark = pytest.mark.django_db
# 1,000 tokens in at 10 and 100 out at 100, each for a million.
PRICE = Decimal("0.02")


def budget_of(world):
    return ProjectBudget.objects.get(project=world.project)


def test_a_clip_of_the_project_gets_a_draft_that_opens_it(world, hosted, server, seen_clip):
    assert seen_clip.stage == ClipStage.DRAFTING
    [draft] = seen_clip.drafts.all()
    run(draft)

    assert draft.status == DraftStatus.READY, draft.error
    assert (draft.generator, draft.prompt_version) == (hosted.name, str(hosted.prompt))
    assert draft.document["summary"]["text"] == CAPTION["summary"]["text"]
    assert (draft.input_tokens, draft.output_tokens, draft.job.state) == (1000, 100, JobState.DONE)
    seen_clip.refresh_from_db()
    assert seen_clip.stage == ClipStage.ANNOTATING
    [call] = ModelCall.objects.all()
    assert (call.status, call.price) == (CallStatus.USED, PRICE)
    budget = budget_of(world)
    assert (budget.spent, budget.reserved) == (PRICE, 0)
    [sent] = seen_clip.events.filter(kind="draft.sent")
    assert sent.detail["endpoint"] == "tests"
    assert sent.detail["pictures"] > 0


def test_nothing_leaves_unless_project_and_source_allow_it(world, hosted, server, seen_clip):
    """Allowed when the draft was asked for, and not any more when its turn came."""
    [draft] = seen_clip.drafts.all()
    world.source.external_processing_allowed = False
    world.source.save()
    run(draft)
    assert (draft.status, draft.failure) == (DraftStatus.FAILED, "not_allowed")
    assert server.requests == []
    assert not seen_clip.events.filter(kind="draft.sent").exists()


def test_a_withdrawn_clip_is_not_sent(world, hosted, server, seen_clip):
    [draft] = seen_clip.drafts.all()
    withdraw(clip_id=seen_clip.pk, actor=world.lena, reason="Consent ended.")
    run(draft)
    assert (draft.status, server.requests) == (DraftStatus.FAILED, [])


def test_an_endpoint_that_the_settings_lost_is_named(hosted, server, seen_clip, settings):
    settings.DRAFT_ENDPOINTS = {}
    draft = run(seen_clip.drafts.get())
    assert draft.failure == "no_endpoint"
    assert "operator" in draft.error


def test_a_server_on_the_own_network_must_be_allowed_by_the_settings(
    hosted, server, seen_clip, settings
):
    """S11, S15."""
    settings.OUTGOING_ALLOWED = ()
    draft = run(seen_clip.drafts.get())
    assert (draft.failure, server.requests) == ("outgoing_refused", [])
    assert "127.0.0.1" not in draft.error


def test_an_answer_that_came_before_a_kill_is_not_paid_again(
    world, hosted, server, seen_clip, monkeypatch
):
    [draft] = seen_clip.drafts.all()

    def killed(self, *, are_used):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(asking.PaidChat, "judge", killed)
        with pytest.raises(SystemExit):
            run(draft)
    assert ModelCall.objects.get().status == CallStatus.ANSWERED
    run(draft)
    assert (draft.status, len(server.requests)) == (DraftStatus.READY, 1)
    assert budget_of(world).spent == PRICE


def test_a_call_whose_worker_died_counts_as_all_that_it_could_cost(
    world, hosted, server, seen_clip, monkeypatch
):
    [draft] = seen_clip.drafts.all()
    with monkeypatch.context() as patch:
        patch.setattr("annotation.pipeline.asking.end_call", lambda *_, **__: None)
        patch.setattr(asking.PaidChat, "judge", lambda *_, **__: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            run(draft)
    reserved = budget_of(world).reserved
    assert reserved > PRICE
    run(draft)
    budget = budget_of(world)
    assert (budget.spent, budget.reserved) == (reserved + PRICE, 0)
    statuses = set(ModelCall.objects.values_list("status", flat=True))
    assert statuses == {CallStatus.LOST, CallStatus.USED}


def test_a_busy_server_is_left_alone_as_long_as_it_asks(world, hosted, server, seen_clip):
    server.then(refusing(429, Retry_After="120"), saying(CAPTION))
    draft = run(seen_clip.drafts.get())
    assert (draft.status, draft.job.state) == (DraftStatus.REQUESTED, JobState.QUEUED)
    wait_s = (draft.job.run_after - timezone.now()).total_seconds()
    assert 110 < wait_s <= 120
    assert budget_of(world).spent == budget_of(world).reserved == 0
    assert run(draft).status == DraftStatus.READY


def test_a_cut_answer_is_counted_and_asked_for_again(world, hosted, server, seen_clip):
    server.then(CutReply(body=saying(CAPTION).body), saying(CAPTION))
    draft = run(seen_clip.drafts.get())
    assert draft.job.state == JobState.QUEUED
    lost = budget_of(world).spent
    assert lost > PRICE
    assert run(draft).status == DraftStatus.READY
    assert budget_of(world).spent == lost + PRICE


def test_a_server_that_stays_down_fails_the_draft_in_the_end(world, hosted, server, seen_clip):
    """S94. The people go on meanwhile: see `open_next_overdue_clip`."""
    server.then(refusing(500))
    [draft] = seen_clip.drafts.all()
    for _ in range(9):
        run(draft)
    assert draft.job.state == JobState.DEAD
    assert end_next_abandoned_draft()
    assert not end_next_abandoned_draft()
    draft.refresh_from_db()
    assert (draft.status, draft.error) == (DraftStatus.FAILED, draft.job.error)
    seen_clip.refresh_from_db()
    assert seen_clip.stage == ClipStage.ANNOTATING

    server.then(saying(CAPTION))
    retry_job(uid=draft.job.uid, actor=world.mila)
    assert run(draft).status == DraftStatus.READY


def test_a_cancelled_job_ends_its_draft(world, hosted, server, seen_clip):
    [draft] = seen_clip.drafts.all()
    cancel_job(uid=draft.job.uid, actor=world.mila)
    assert end_next_abandoned_draft()
    draft.refresh_from_db()
    assert (draft.failure, server.requests) == ("gave_up", [])
    assert "cancelled" in draft.error


def test_a_failed_draft_whose_place_was_taken_stays_failed(world, hosted, server, seen_clip):
    [draft] = seen_clip.drafts.all()
    cancel_job(uid=draft.job.uid, actor=world.mila)
    end_next_abandoned_draft()
    second = run(ask(seen_clip))
    assert second.status == DraftStatus.READY
    retry_job(uid=draft.job.uid, actor=world.mila)
    run(draft)
    assert (draft.status, draft.job.state) == (DraftStatus.FAILED, JobState.DONE)


def test_an_unusable_answer_is_an_honest_failure_and_not_given_again(
    world, hosted, server, seen_clip
):
    server.then(saying("<script>alert(1)</script>"))
    draft = run(seen_clip.drafts.get())
    assert (draft.status, draft.failure) == (DraftStatus.FAILED, "not_json")
    assert draft.job.state == JobState.DONE
    assert budget_of(world).spent == 2 * PRICE
    seen_clip.refresh_from_db()
    assert seen_clip.stage == ClipStage.ANNOTATING

    server.then(saying(CAPTION))
    assert run(ask(seen_clip)).status == DraftStatus.READY
    assert len(server.requests) == 3


def test_a_budget_without_room_sends_nothing(world, server, hosted, seen_clip):
    ProjectBudget.objects.update(limit=Decimal("0.01"))
    draft = run(seen_clip.drafts.get())
    assert (draft.failure, server.requests) == ("budget_spent", [])
    assert ModelCall.objects.count() == 0
    assert "budget" in draft.error


@pytest.fixture
def empty_cache():
    cache.clear()
    yield
    cache.clear()


def test_what_a_model_refused_is_not_sent_again(hosted, server, seen_clip, empty_cache):
    server.then(refusing(400, "unsupported_parameter", param="max_tokens"), saying(CAPTION))
    assert run(seen_clip.drafts.get()).status == DraftStatus.READY
    assert ModelCall.objects.count() == 1
    Draft.objects.update(stale_since=timezone.now())
    ModelCall.objects.update(status=CallStatus.UNUSABLE)
    assert run(ask(seen_clip)).status == DraftStatus.READY
    assert ["max_tokens" in request for request in server.requests] == [True, False, False]


def test_a_full_minute_makes_the_job_wait_without_an_attempt(hosted, server, seen_clip, settings):
    serve(settings, server, requests_per_minute=0)
    draft = run(seen_clip.drafts.get())
    assert (draft.job.state, server.requests) == (JobState.QUEUED, [])
    assert draft.job.max_attempts == 10
    serve(settings, server)
    assert run(draft).status == DraftStatus.READY


def test_a_shadow_drafts_unseen_and_keeps_nobody_waiting(world, server, hosted, seen_clip):
    shadow = HostedModelFactory.create(project=world.project)
    give(shadow, RoleKind.SHADOW)
    run(seen_clip.drafts.get())
    seen_clip.refresh_from_db()
    draft = run(ask(seen_clip))
    assert (draft.version, draft.is_shadow, draft.status) == (shadow, True, DraftStatus.READY)


def test_a_canary_takes_its_share_of_the_clips(world, hosted):
    canary = HostedModelFactory.create(project=world.project)
    give(canary, RoleKind.CANARY, share=0.5)
    versions = [ask(world.clip()).version for _ in range(20)]
    assert 4 <= versions.count(canary) <= 16
    assert versions.count(canary) + versions.count(hosted) == 20


def test_a_clip_is_asked_for_once(world, hosted):
    clip = world.clip()
    ask(clip)
    with pytest.raises(ValueError, match="not enough"):
        ask(clip)
    assert Draft.objects.count() == 1


def test_a_draft_made_while_the_main_face_changed_is_stale(
    world, hosted, server, seen_clip, backends, monkeypatch
):
    store_tracks(seen_clip, backends, a_record(a_track(), a_track(2, is_main=False, left=500)))
    chosen = lambda *_, **__: FaceTracks.objects.update(main_tracks=[2])  # noqa: E731
    monkeypatch.setattr(asking.PaidChat, "judge", chosen)
    draft = run(seen_clip.drafts.get())
    assert draft.status == DraftStatus.READY
    assert draft.stale_since is not None


def test_a_killed_worker_leaves_the_draft_to_the_next(hosted, server, seen_clip):
    [draft] = seen_clip.drafts.all()
    abandon(draft)
    assert run(draft).status == DraftStatus.READY
    assert draft.job.attempts == 2


def test_forgotten_calls_are_settled(world, hosted, server, seen_clip):
    draft = seen_clip.drafts.get()
    call = ModelCall.objects.create(
        project=world.project, version=hosted, draft=draft, request_hash="a" * 64, reserved=1
    )
    ProjectBudget.objects.update(reserved=1)
    assert end_forgotten_calls() == 0
    cancel_job(uid=draft.job.uid, actor=world.mila)
    end_next_abandoned_draft()
    assert end_forgotten_calls() == 1
    call.refresh_from_db()
    budget = budget_of(world)
    assert (call.status, budget.spent, budget.reserved) == (CallStatus.LOST, 1, 0)
