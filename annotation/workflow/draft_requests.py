"""
Which models are asked for a draft of a clip. The drafts themselves are made by workers, one job
for each clip and model version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from annotation.drawing import draw
from annotation.jobs import JobKind, enqueue
from annotation.models import (
    Clip,
    ClipStage,
    Draft,
    DraftKind,
    DraftRole,
    DraftStatus,
    FaceTracks,
    ModelKind,
    ModelVersion,
    RoleKind,
    User,
)

from .drafting import leave_drafting_if_ready, others_like
from .stages import move

JOB_OF = {
    ModelKind.OPENAI: JobKind.DRAFT_CLIP,
    ModelKind.SIGNALS: JobKind.DRAFT_CLIP,
    ModelKind.FACETRACK_MM: JobKind.DRAFT_ON_DEVICE,
}
# With the growing wait between them, these outlast a server that is down for an hour.
ATTEMPTS = 9
# Where nobody works on a clip any more, a draft helps nobody.
DRAFTED_IN = (
    ClipStage.IMPORTED,
    ClipStage.SCREENING,
    ClipStage.DRAFTING,
    ClipStage.ANNOTATING,
    ClipStage.CONSOLIDATING,
    ClipStage.CROSS_VALIDATING,
)
HINDRANCES = {
    "not_drafted_in_this_stage": "The clip is not worked on any more, so it needs no draft.",
    "no_tracks": "The clip has no tracks to write from. Ask for them first.",
    "no_endpoint": (
        "The settings of this installation do not name the model's endpoint. Have its operator "
        "add it, or give the role to another model."
    ),
    "not_allowed": (
        "Frames of this clip may not be sent to a hosted model: its project or its source does "
        "not allow external processing."
    ),
}


@dataclass(frozen=True)
class Wanted:
    version: ModelVersion
    is_shadow: bool


def open_drafting(clip: Clip) -> None:
    """Moves a locked clip into `drafting`, asks for its drafts, and on where it need not wait."""
    move(clip, ClipStage.DRAFTING, actor=None)
    request_drafts(clip)
    leave_drafting_if_ready(clip)


def request_drafts(clip: Clip, actor: User | None = None) -> list[Draft]:
    """Of a locked clip, by the project's roles. What is there or under way is not asked again."""
    return [
        draft
        for wanted in wanted_for(clip)
        if not hindrance(clip, wanted.version)
        and (draft := request_draft(clip, wanted, actor)) is not None
    ]


def request_drafts_of_tracks(clip: Clip) -> None:
    """
    Of a locked clip with new tracks or main faces, where a model reads nothing else. A clip that
    waits in its screening gets its drafts when it leaves it.
    """
    if clip.stage == ClipStage.SCREENING:
        return
    for wanted in wanted_for(clip):
        if wanted.version.kind == ModelKind.SIGNALS and not hindrance(clip, wanted.version):
            request_draft(clip, wanted, actor=None)


def wanted_for(clip: Clip) -> list[Wanted]:
    """Of each kind the default, or on its share of the clips the canary, and all shadows."""
    roles = DraftRole.objects.filter(project_id=clip.project_id, ended_at__isnull=True)
    current = list(roles.select_related("version__prompt").order_by("pk"))
    return [
        *(Wanted(role.version, is_shadow=False) for role in _shown(clip, current)),
        *(Wanted(role.version, is_shadow=True) for role in current if role.role == RoleKind.SHADOW),
    ]


def _shown(clip: Clip, current: Iterable[DraftRole]) -> Iterator[DraftRole]:
    for kind in ModelKind.values:
        of_kind = {role.role: role for role in current if role.kind == kind}
        canary = of_kind.get(RoleKind.CANARY)
        is_drawn = canary and draw(clip.project.seed, "canary", clip.uid, kind) < (
            canary.share or 0
        )
        chosen = canary if is_drawn else of_kind.get(RoleKind.DEFAULT)
        if chosen:
            yield chosen


def hindrance(clip: Clip, version: ModelVersion) -> str:
    """
    Why this version cannot draft the clip now: a word of HINDRANCES, or nothing where it can.

    Frames of faces leave only where the project's lead and the clip's source allow it.
    """
    if clip.stage not in DRAFTED_IN:
        return "not_drafted_in_this_stage"
    if version.kind == ModelKind.SIGNALS:
        return "" if FaceTracks.objects.filter(clip=clip).exists() else "no_tracks"
    return sending_hindrance(clip, version) if version.kind == ModelKind.OPENAI else ""


def sending_hindrance(clip: Clip, version: ModelVersion) -> str:
    """Why frames or texts of the clip may not go to the version's server, or nothing."""
    if version.endpoint not in settings.DRAFT_ENDPOINTS:
        return "no_endpoint"
    is_allowed = clip.project.external_processing_allowed
    return "" if is_allowed and clip.source.external_processing_allowed else "not_allowed"


@transaction.atomic
def request_draft(clip: Clip, wanted: Wanted, actor: User | None) -> Draft | None:
    """Asks for one draft of a locked clip; None where one is there or under way."""
    version = wanted.version
    draft = Draft(
        clip=clip,
        kind=DraftKind(version.kind),
        version=version,
        generator=version.name,
        prompt_version=str(version.prompt or ""),
        status=DraftStatus.REQUESTED,
        is_shadow=wanted.is_shadow,
    )
    if others_like(draft).exists():
        return None
    draft.job = enqueue(
        JOB_OF[ModelKind(version.kind)],
        key=f"draft:{draft.uid}",
        payload={"draft": draft.uid},
        project=clip.project,
        started_by=actor,
        max_attempts=ATTEMPTS,
    )
    draft.save()
    return draft
