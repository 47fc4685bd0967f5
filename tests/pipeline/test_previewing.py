"""A prompt tried on a clip: paid for like a draft, and no draft."""

from __future__ import annotations

import pytest

from annotation.errors import InvalidInput, NotAllowed, NotFound, TransitionRefused
from annotation.jobs import run_job
from annotation.models import Draft, JobState, Membership, ModelCall, Role
from annotation.pipeline.previewing import preview_prompt
from annotation.queries.drafts import preview_of
from annotation.workflow.previews import ask_for_preview
from annotation.workflow.promoting import shipped_signals
from tests.factories import PromptVersionFactory
from tests.hosted_model import CAPTION, saying

pytestmark = pytest.mark.django_db


@pytest.fixture
def prompt(world):
    return PromptVersionFactory.create(
        project=world.project, instructions="Mind the brows.", request="Look. $people"
    )


def preview(world, prompt, version, clip, **fields):
    asked = {"project_id": world.project.pk, "actor": world.mila, "prompt": prompt.uid}
    job = ask_for_preview(**{**asked, "version": version.uid, "clip_id": clip.pk, **fields})
    run_job(job.pk, preview_prompt)
    job.refresh_from_db()
    return job


def test_the_other_prompt_is_sent_and_nothing_becomes_a_draft(
    world, hosted, server, seen_clip, prompt
):
    before = Draft.objects.count()
    job = preview(world, prompt, hosted, seen_clip)
    assert job.state == JobState.DONE, job.error
    assert job.result["document"]["summary"]["text"] == CAPTION["summary"]["text"]
    assert "Mind the brows." in server.requests[0]["messages"][0]["content"]
    assert Draft.objects.count() == before
    assert ModelCall.objects.get().draft is None
    assert preview_of(job.uid, world.mila) == job
    assert seen_clip.events.filter(kind="prompt.previewed", actor=world.mila).exists()


def test_the_same_preview_again_costs_nothing(world, hosted, server, seen_clip, prompt):
    for _ in range(2):
        preview(world, prompt, hosted, seen_clip)
    assert len(server.requests) == 1


def test_a_failure_is_the_result(world, hosted, server, seen_clip, prompt):
    server.then(saying(None, refusal="No."))
    job = preview(world, prompt, hosted, seen_clip)
    assert (job.state, job.result["failure"]) == (JobState.DONE, "refused")


def test_where_nothing_may_be_sent_nothing_is_tried(world, hosted, server, seen_clip, prompt):
    world.source.external_processing_allowed = False
    world.source.save()
    with pytest.raises(TransitionRefused, match="external processing"):
        preview(world, prompt, hosted, seen_clip)
    assert server.requests == []


def test_only_hosted_models_have_prompts(world, hosted, seen_clip, prompt):
    with pytest.raises(InvalidInput):
        preview(world, prompt, shipped_signals(), seen_clip)


def test_what_is_of_another_project_is_not_found(world, hosted, seen_clip, prompt):
    """S41."""
    elsewhere = PromptVersionFactory.create()
    with pytest.raises(NotFound):
        preview(world, elsewhere, hosted, seen_clip)
    with pytest.raises(NotFound):
        preview(world, prompt, hosted, seen_clip, clip_id=0)


def test_who_still_works_on_the_clip_does_not_read_it(world, hosted, server, seen_clip, prompt):
    """S44."""
    job = preview(world, prompt, hosted, seen_clip)
    with pytest.raises(NotAllowed):
        preview_of(job.uid, world.ada)
    with pytest.raises(NotFound):
        preview_of(job.uid, world.finn)
    Membership.objects.create(project=world.project, user=world.mila, role=Role.ANNOTATOR)
    with pytest.raises(NotAllowed):
        preview_of(job.uid, world.mila)
