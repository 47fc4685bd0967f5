"""Drafts, models and their money keep their promises, and each check sees its own broken."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from annotation.models import (
    Draft,
    DraftRole,
    DraftStatus,
    Job,
    JobState,
    ModelCall,
    ModelVersion,
    ProjectBudget,
    RoleKind,
    ShownDraft,
)
from annotation.queries.draft_consistency import PROMISES
from annotation.queries.promises import broken_of
from annotation.workflow.draft_requests import request_drafts
from annotation.workflow.drafting import Ending, record_draft
from annotation.workflow.spending import Question, begin_call
from tests.factories import HostedModelFactory, ProjectFactory, World, a_document
from tests.pipeline.drafting import give
from tests.steps import claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    """One draft that a person is shown, and one under way whose call was sent."""
    settings.DRAFT_ENDPOINTS = {"tests": object()}
    world = World(external_processing_allowed=True)
    world.source.external_processing_allowed = True
    world.source.save()
    ProjectBudget.objects.create(project=world.project, limit=10)
    version = HostedModelFactory.create(project=world.project)
    give(version, RoleKind.DEFAULT)
    [ready] = request_drafts(world.open_clip())
    record_draft(draft_id=ready.pk, ending=Ending(document=a_document("Her brows rise.")))
    Job.objects.filter(drafts=ready).update(state=JobState.DONE, ended_at=timezone.now())
    claim(world, world.ada)
    [under_way] = request_drafts(world.clip())
    begin_call(Question(world.project, version, under_way, "hash", 1000, 100, 16))
    return world


def long_ago():
    return timezone.now() - timedelta(hours=1)


def lose_a_job():
    under_way = Job.objects.filter(drafts__status=DraftStatus.REQUESTED)
    under_way.update(state=JobState.CANCELLED, ended_at=long_ago())


def draft_with_another_kind():
    Draft.objects.filter(status=DraftStatus.READY).update(kind="signals")


def give_a_role_in_another_project():
    version, stranger = ModelVersion.objects.get(endpoint="tests"), ProjectFactory.create()
    DraftRole.objects.create(
        project=stranger, version=version, kind=version.kind, role=RoleKind.SHADOW
    )


def show_a_shadow():
    Draft.objects.filter(pk=ShownDraft.objects.get().draft_id).update(is_shadow=True)


def call_for_another_project():
    # Without a price, so that no money is missing.
    ModelCall.objects.create(
        project=ProjectFactory.create(),
        version=ModelVersion.objects.get(endpoint="tests"),
        draft=Draft.objects.first(),
        request_hash="another",
        reserved=0,
    )


def forget_a_call():
    Draft.objects.filter(status=DraftStatus.REQUESTED).update(
        status=DraftStatus.FAILED, error="It failed.", ended_at=long_ago()
    )


def lose_money():
    ProjectBudget.objects.update(spent=Decimal("0.01"))


BREAKS = [
    lose_a_job,
    draft_with_another_kind,
    give_a_role_in_another_project,
    show_a_shadow,
    call_for_another_project,
    forget_a_call,
    lose_money,
]


def test_every_check_sees_its_promise_broken(world):
    assert broken_of(PROMISES) == []
    for promise, break_it in zip(PROMISES, BREAKS, strict=True):
        with transaction.atomic():
            break_it()
            assert [broken.sentence for broken in broken_of(PROMISES)] == [promise.sentence]
            transaction.set_rollback(True)
