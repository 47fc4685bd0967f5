"""A project whose clips a hosted model drafts, and the model itself on the loopback address."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import SecretStr

from annotation.jobs import run_job
from annotation.jobs.sweeping import put_back_abandoned
from annotation.models import (
    Clip,
    Draft,
    DraftKind,
    DraftRole,
    Job,
    ModelVersion,
    ProjectBudget,
    RoleKind,
)
from annotation.pipeline import drafting
from annotation.pipeline.batching import draft_on_device
from annotation.workflow.draft_requests import request_drafts
from tests.factories import HostedModelFactory, World
from tests.hosted_model import KEY, HostedModel


@dataclass(frozen=True)
class EndpointOfTests:
    """In the form of the settings' own, with room enough that nobody waits."""

    url: str
    api_key: SecretStr = field(default_factory=lambda: SecretStr(KEY))
    requests_per_minute: int = 100_000
    tokens_per_minute: int = 10**9
    timeout_s: float = 5.0


def serve(settings: Any, server: HostedModel, **fields: Any) -> None:
    settings.DRAFT_ENDPOINTS = {"tests": EndpointOfTests(server.url, **fields)}
    settings.OUTGOING_ALLOWED = (server.host,)


def allow(world: World, *, budget: object = 1000) -> ModelVersion:
    """The lead allows external processing, gives a budget and makes the model the default."""
    world.project.external_processing_allowed = True
    world.project.save()
    world.source.external_processing_allowed = True
    world.source.save()
    ProjectBudget.objects.create(project=world.project, limit=Decimal(str(budget)))
    version = HostedModelFactory.create(project=world.project)
    give(version, RoleKind.DEFAULT)
    return version


def give(version: ModelVersion, role: RoleKind, **fields: Any) -> DraftRole:
    assert version.project
    return DraftRole.objects.create(
        project=version.project,
        version=version,
        kind=version.kind,
        role=role,
        **fields,
    )


def ask(clip: Clip) -> Draft:
    fresh = Clip.objects.select_related("project", "source").get(pk=clip.pk)
    [draft] = request_drafts(fresh)
    return draft


def run(draft: Draft) -> Draft:
    """One attempt of the draft's job, however long it was to wait."""
    job = draft.job
    assert job
    Job.objects.filter(pk=job.pk).update(run_after=draft.created_at)
    if draft.kind == DraftKind.FACETRACK_MM:
        draft_on_device(job.pk)
    else:
        run_job(job.pk, drafting.draft_clip)
    draft.refresh_from_db()
    job.refresh_from_db()
    return draft


def abandon(draft: Draft) -> None:
    """As a worker that was killed leaves the job."""
    Job.objects.filter(drafts=draft).update(
        state="running", attempts=1, lease_until=draft.created_at
    )
    put_back_abandoned()
