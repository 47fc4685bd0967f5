"""What the database itself refuses about models, prompts, roles, drafts and calls."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotation.models import (
    CallStatus,
    DraftKind,
    DraftRole,
    DraftStatus,
    ModelCall,
    ModelVersion,
    ProjectBudget,
    PromptVersion,
    RoleKind,
)
from tests.factories import (
    DraftFactory,
    HostedModelFactory,
    ProjectFactory,
    PromptVersionFactory,
    World,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return HostedModelFactory.create()


def refused(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def a_role(version, role, **fields):
    return DraftRole.objects.create(
        project=version.project, version=version, kind=version.kind, role=role, **fields
    )


def a_call(version, **fields):
    return ModelCall.objects.create(
        **{"project": version.project, "version": version, "request_hash": "a" * 64, "reserved": 1}
        | fields
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"endpoint": ""},
        {"model": ""},
        {"prompt": None},
        {"base": "mini"},
        {"kind": "facetrack_mm"},
        {"kind": "signals"},
        {"kind": "unknown"},
    ],
)
def test_a_model_version_has_what_its_kind_needs(fields):
    refused("has_what_its_kind_needs", lambda: HostedModelFactory.create(**fields))


@pytest.mark.parametrize(
    "fields", [{"temperature": 3}, {"max_output_tokens": 1}, {"input_price": -1}]
)
def test_settings_of_a_model_stay_in_range(fields):
    refused("settings_in_range", lambda: HostedModelFactory.create(**fields))


def test_what_a_draft_names_never_changes(version):
    refused("never changed", lambda: ModelVersion.objects.update(name="another"))
    refused("never changed", lambda: PromptVersion.objects.update(request="Say something else."))
    unused = PromptVersionFactory.create()
    refused("never changed", unused.delete)


def test_a_number_of_a_prompt_is_given_once(version):
    prompt = version.prompt
    again = {"project": prompt.project, "name": prompt.name, "number": prompt.number}
    refused("prompt_version_number_once", lambda: PromptVersionFactory.create(**again))
    refused("says_something", lambda: PromptVersionFactory.create(request=""))


def test_a_kind_has_one_default_and_one_canary(version):
    other = HostedModelFactory.create(project=version.project)
    a_role(version, RoleKind.DEFAULT)
    refused("one_default_of_a_kind", lambda: a_role(other, RoleKind.DEFAULT))
    refused("one_of_a_version", lambda: a_role(version, RoleKind.SHADOW))
    a_role(other, RoleKind.CANARY, share=0.1)
    third = HostedModelFactory.create(project=version.project)
    refused("one_canary_of_a_kind", lambda: a_role(third, RoleKind.CANARY, share=0.1))
    a_role(third, RoleKind.SHADOW)


def test_a_share_belongs_to_a_canary(version):
    refused("share_of_a_canary", lambda: a_role(version, RoleKind.CANARY))
    refused("share_of_a_canary", lambda: a_role(version, RoleKind.CANARY, share=1.5))
    refused("share_of_a_canary", lambda: a_role(version, RoleKind.DEFAULT, share=0.5))


def test_a_draft_of_a_model_names_its_version(version):
    clip = World().clip()
    named = {"clip": clip, "kind": DraftKind.OPENAI, "generator": version.name}
    refused("has_its_version", lambda: DraftFactory.create(**named))
    refused("has_its_version", lambda: DraftFactory.create(clip=clip, version=version))
    DraftFactory.create(**named, version=version)
    refused("draft_once", lambda: DraftFactory.create(**named, version=version))


def test_a_draft_that_failed_or_is_stale_makes_room(version):
    fields = {"clip": World().clip(), "kind": "openai", "generator": "x", "version": version}
    failed = {"status": DraftStatus.FAILED, "document": None, "error": "It did not answer."}
    DraftFactory.create(**fields, **failed)
    DraftFactory.create(**fields, stale_since=timezone.now())
    DraftFactory.create(**fields)


def test_a_request_is_paid_once(version):
    a_call(version)
    refused("model_call_once", lambda: a_call(version))
    ModelCall.objects.update(status=CallStatus.UNUSABLE, answer="{}", ended_at=timezone.now())
    a_call(version)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": CallStatus.ANSWERED, "ended_at": timezone.now()},
        {"answer": "{}"},
        {"status": CallStatus.FAILED},
        {"price": -1},
    ],
)
def test_a_call_says_what_became_of_it(version, fields):
    refused("model_call_", lambda: a_call(version, **fields))


def test_a_budget_is_never_negative():
    project = ProjectFactory.create()
    refused("not_negative", lambda: ProjectBudget.objects.create(project=project, reserved=-1))
