"""A prompt tried on one clip: nothing of it becomes a draft."""

from __future__ import annotations

from django.db import transaction

from annotation.errors import InvalidInput, NotFound, TransitionRefused
from annotation.jobs import JobKind, enqueue
from annotation.models import Clip, Job, ModelKind, User, new_uid

from .access import project_for
from .draft_requests import HINDRANCES, hindrance
from .promoting import REGISTRARS, prompts_in, version_in
from .recording import record


@transaction.atomic
def ask_for_preview(
    *, project_id: int, actor: User, prompt: str, version: str, clip_id: int
) -> Job:
    """The version says where and at which prices; the prompt is another than its own."""
    project = project_for(project_id, actor, *REGISTRARS)
    stored = prompts_in(project_id).filter(uid=prompt).first()
    if stored is None:
        raise NotFound("The project has no such prompt.")
    found = version_in(project_id, version)
    if found.kind != ModelKind.OPENAI:
        raise InvalidInput("Only hosted models have prompts. Choose one of those.")
    clip = Clip.objects.select_related("project", "source").filter(project=project, pk=clip_id)
    chosen = clip.first()
    if chosen is None:
        raise NotFound("There is no such clip.")
    if why := hindrance(chosen, found):
        raise TransitionRefused(HINDRANCES[why], hindrance=why)
    record("prompt.previewed", clip=chosen, actor=actor, prompt=stored.uid, model=found.uid)
    return enqueue(
        JobKind.PREVIEW_PROMPT,
        key=f"preview:{new_uid()}",
        payload={"clip": chosen.pk, "version": found.pk, "prompt": stored.pk},
        project=project,
        started_by=actor,
    )
