"""Who may register models and prompts, which of them drafts, and what it costs to draft again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from annotation.errors import InvalidInput, NotAllowed, NotFound, TransitionRefused
from annotation.jobs import run_job
from annotation.models import (
    DraftRole,
    DraftStatus,
    FaceBackends,
    JobState,
    ModelCall,
    ModelKind,
    ProjectBudget,
    RoleKind,
)
from annotation.workflow import redrafting
from annotation.workflow.membership import create_project
from annotation.workflow.promoting import (
    give_role,
    register_hosted_model,
    register_own_model,
    roll_back,
    shipped_signals,
)
from annotation.workflow.prompting import PLACEHOLDERS, write_prompt
from annotation.workflow.redrafting import draft_again, draft_clip_again, estimate_drafts
from ml.drafting import prompts
from tests.factories import (
    DraftFactory,
    HostedModelFactory,
    PromptVersionFactory,
    World,
)
from tests.scripted_faces import VERSIONS, a_record, a_track, store_tracks

pytestmark = pytest.mark.django_db
WHY = "It is better on the trial clips."


@pytest.fixture
def world():
    return World()


def prompt(world, **fields):
    defaults = {
        "name": "Careful",
        "instructions": "Describe faces.",
        "request": "It lasts $duration_s seconds.",
        "with_face_crops": False,
        "example_count": 0,
        "note": "",
    }
    return write_prompt(
        **{"project_id": world.project.pk, "actor": world.mila, **defaults, **fields}
    )


def hosted(world, **fields):
    defaults = {
        "name": "large",
        "endpoint": "tests",
        "model": "large-1",
        "prompt": PromptVersionFactory.create(project=world.project).uid,
        "structured_output": True,
        "temperature": 0.2,
        "max_output_tokens": 900,
        "input_price": Decimal(1),
        "output_price": Decimal(2),
    }
    return register_hosted_model(
        **{"project_id": world.project.pk, "actor": world.mila, **defaults, **fields}
    )


def give(world, version, role=RoleKind.DEFAULT, **fields):
    who = {"project_id": world.project.pk, "actor": world.mila}
    return give_role(**{**who, "version": version.uid, "role": role, "reason": WHY, **fields})


def current(world):
    roles = DraftRole.objects.filter(project=world.project, ended_at__isnull=True)
    return {role.version.name: role.role for role in roles}


def again(world, call, version, **filters):
    return call(project_id=world.project.pk, actor=world.mila, version=version.uid, filters=filters)


def test_to_edit_a_prompt_is_to_write_its_next_version(world):
    first, second = prompt(world), prompt(world, instructions="Describe faces plainly.")
    other = prompt(world, name="Another")
    assert [first.number, second.number, other.number] == [1, 2, 1]
    assert world.project.events.filter(kind="prompt.written").count() == 3


@pytest.mark.parametrize("request_text", ["It lasts $duration.", "For $5 more.", "${", "$names"])
def test_a_request_speaks_only_of_what_clips_have(world, request_text):
    with pytest.raises(InvalidInput) as refusal:
        prompt(world, request=request_text)
    assert "$duration_s" in refusal.value.detail["errors"][0]["message"]


def test_the_two_sides_know_the_same_placeholders():
    assert set(prompts.PLACEHOLDERS) == PLACEHOLDERS


def test_annotators_write_no_prompts(world):
    with pytest.raises(NotAllowed):
        prompt(world, actor=world.ada)
    with pytest.raises(NotFound):
        prompt(world, actor=world.finn)


def test_a_hosted_model_names_an_endpoint_and_a_prompt_that_are_there(world, settings):
    with pytest.raises(InvalidInput, match="endpoint"):
        hosted(world)
    settings.DRAFT_ENDPOINTS = {"tests": object()}
    elsewhere = PromptVersionFactory.create()
    with pytest.raises(InvalidInput, match="no such prompt"):
        hosted(world, prompt=elsewhere.uid)
    assert hosted(world).registered_by == world.mila
    for name in ("large", shipped_signals().name):
        with pytest.raises(InvalidInput, match="of this name"):
            hosted(world, name=name)


def test_a_model_of_our_own_is_registered_by_its_base(world):
    version = register_own_model(
        project_id=world.project.pk, actor=world.mila, name="mini", base="mini"
    )
    assert (version.kind, version.base) == (ModelKind.FACETRACK_MM, "mini")


@pytest.mark.parametrize("name", ["../mini", "/etc", "a/b", ".hidden", "", "a\\b", "mini\n"])
def test_s81_a_base_is_a_name_and_never_a_path(world, name):
    own = {"project_id": world.project.pk, "actor": world.mila, "name": "mine"}
    with pytest.raises(InvalidInput):
        register_own_model(**own, base=name)
    if name:
        with pytest.raises(InvalidInput):
            register_own_model(**own, base="mini", adapter=name)


def test_a_model_of_another_project_gets_no_role(world):
    with pytest.raises(NotFound):
        give(world, HostedModelFactory.create())


def test_a_new_default_takes_the_place_of_the_old_one_of_its_kind(world):
    first, second = (
        HostedModelFactory.create(project=world.project, name=name) for name in ("first", "second")
    )
    give(world, shipped_signals())
    give(world, first)
    give(world, second, RoleKind.CANARY, share=0.1)
    give(world, second)
    assert current(world) == {shipped_signals().name: "default", "second": "default"}
    give(world, first, RoleKind.SHADOW)
    give(world, second, RoleKind.RETIRED)
    assert current(world)["first"] == "shadow"
    history = DraftRole.objects.filter(version=second).order_by("pk")
    assert [role.role for role in history] == ["canary", "default", "retired"]
    assert {role.given_by for role in history} == {world.mila}
    assert world.project.events.filter(kind="model_version.promoted").count() == 6


def test_the_same_role_again_changes_nothing(world):
    version = shipped_signals()
    assert give(world, version) == give(world, version)


def test_a_share_is_a_canarys(world):
    version = shipped_signals()
    with pytest.raises(InvalidInput):
        give(world, version, RoleKind.CANARY)
    with pytest.raises(InvalidInput):
        give(world, version, RoleKind.DEFAULT, share=0.5)


def test_a_roll_back_brings_the_former_default_back(world):
    first, second = (
        HostedModelFactory.create(project=world.project, name=name) for name in ("first", "second")
    )
    back = {"project_id": world.project.pk, "actor": world.lena, "kind": ModelKind.OPENAI}
    with pytest.raises(TransitionRefused, match="is the default"):
        roll_back(**back, reason=WHY)
    give(world, first)
    with pytest.raises(TransitionRefused, match="before this one"):
        roll_back(**back, reason=WHY)
    give(world, second)
    roll_back(**back, reason=WHY)
    assert current(world) == {"first": "default", "second": "retired"}


def test_an_estimate_counts_what_is_missing_failed_and_stale(world):
    version = shipped_signals()
    backends = FaceBackends.objects.create(key="script", versions=VERSIONS)
    missing, failed, done = (world.open_clip() for _ in range(3))
    for clip in (missing, failed, done):
        store_tracks(clip, backends, a_record(a_track()))
    untracked = world.open_clip()
    of_version = {"kind": "signals", "generator": version.name, "version": version}
    DraftFactory(
        clip=failed, **of_version, status=DraftStatus.FAILED, document=None, error="It is dark."
    )
    DraftFactory(clip=done, **of_version)

    estimate = again(world, estimate_drafts, version)
    assert (estimate.clips, estimate.drafted, estimate.hindered, estimate.to_draft) == (4, 1, 1, 2)
    assert estimate.cost == 0
    assert again(world, estimate_drafts, version, stage="approved").clips == 0

    job = again(world, draft_again, version, stage="annotating")
    run_job(job.pk, redrafting.run_drafting_again)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"asked": 2})
    asked = missing.drafts.get()
    assert (asked.status, asked.job.started_by) == (DraftStatus.REQUESTED, world.mila)
    # Nobody gave the version a role, so its drafts are for comparison.
    assert asked.is_shadow
    assert failed.drafts.count() == 2
    assert untracked.drafts.count() == 0
    with pytest.raises(TransitionRefused, match="estimate"):
        again(world, draft_again, version)


def test_one_clip_is_drafted_again_where_its_draft_failed(world):
    version = shipped_signals()
    clip = world.open_clip()
    asked = {"clip_id": clip.pk, "actor": world.mila, "version": version.uid}
    with pytest.raises(TransitionRefused, match="no tracks"):
        draft_clip_again(**asked)
    backends = FaceBackends.objects.create(key="script", versions=VERSIONS)
    store_tracks(clip, backends, a_record(a_track()))
    draft = draft_clip_again(**asked)
    assert (draft.status, draft.job.started_by) == (DraftStatus.REQUESTED, world.mila)
    assert clip.events.filter(kind="draft.asked_for", actor=world.mila).count() == 1
    with pytest.raises(TransitionRefused, match="under way"):
        draft_clip_again(**asked)
    with pytest.raises(NotAllowed):
        draft_clip_again(**{**asked, "actor": world.ada})


def test_drafts_of_a_default_are_shown(world):
    version = shipped_signals()
    clip = world.open_clip()
    backends = FaceBackends.objects.create(key="script", versions=VERSIONS)
    store_tracks(clip, backends, a_record(a_track()))
    give(world, version)
    job = again(world, draft_again, version)
    run_job(job.pk, redrafting.run_drafting_again)
    assert not clip.drafts.get().is_shadow


def test_a_cost_is_guessed_from_the_size_and_then_measured(world):
    version = HostedModelFactory.create(project=world.project)
    world.project.external_processing_allowed = True
    world.project.save()
    clip, other = world.open_clip(), world.open_clip()
    assert again(world, estimate_drafts, version).to_draft == 0
    world.source.external_processing_allowed = True
    world.source.save()
    ProjectBudget.objects.create(project=world.project, limit=5, spent=2, reserved=1)

    guess = again(world, estimate_drafts, version)
    assert (guess.to_draft, guess.is_measured, guess.budget_left) == (2, False, 2)
    assert guess.cost > 0
    draft = DraftFactory.create(clip=clip, kind="openai", generator=version.name, version=version)
    ModelCall.objects.create(
        project=world.project,
        version=version,
        draft=draft,
        request_hash="a" * 64,
        status="used",
        answer="{}",
        reserved=1,
        price=Decimal("0.03"),
        ended_at=draft.ended_at,
    )
    measured = again(world, estimate_drafts, version)
    assert (measured.to_draft, measured.is_measured) == (1, True)
    assert measured.cost == Decimal("0.03")
    assert other.drafts.count() == 0


def test_a_new_project_is_drafted_by_rules_once_its_clips_are_tracked(world):
    begun = create_project(actor=world.lena, name="Another")
    [role] = DraftRole.objects.filter(project=begun)
    assert (role.version, role.role, role.given_by) == (
        shipped_signals(),
        RoleKind.DEFAULT,
        world.lena,
    )
    assert role.reason
