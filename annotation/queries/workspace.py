"""
What an annotator sees of a clip: their own text and the drafts chosen for them.

Nothing here reads another person's annotation, vote or name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from annotation.errors import NotFound
from annotation.models import (
    Annotation,
    AnnotationVersion,
    AssignmentStatus,
    Clip,
    ClipStage,
    Consolidation,
    Role,
    User,
)
from annotation.workflow.access import require_role

from .clips import clip_for
from .projects import Rules

DRAFT_LABELS = "XYZWVU"


@dataclass(frozen=True)
class LabelledDraft:
    """A draft without its generator, which would tell the reader what to think of it."""

    uid: str
    label: str
    document: dict[str, Any] | None
    # The model looked at another face than the one that is the main one now.
    is_stale: bool


@dataclass(frozen=True)
class Returned:
    reason: str
    sentences: list[str]
    loop: int
    at: datetime


@dataclass(frozen=True)
class AssignmentWorkspace:
    id: int
    project_id: int
    clip: Clip
    slot: int
    status: str
    lease_until: datetime | None
    revision: int
    document: dict[str, Any]
    saved_at: datetime
    drafts: list[LabelledDraft]
    drafts_hidden_until_first_version: bool
    returned: Returned | None
    rules: Rules
    can_undo: bool
    verdict: str | None


def assignment_workspace(assignment_id: int, actor: User) -> AssignmentWorkspace:
    """
    The actor's own annotation. A slot that went to somebody else has the status "lost": the
    text can still be read.
    """
    annotation = own_annotation(assignment_id, actor)
    assignment = annotation.assignment
    clip = clip_for(assignment.clip_id, actor, Role.ANNOTATOR)
    is_mine = assignment.annotator_id == actor.pk
    shown = list(annotation.shown_drafts.select_related("draft").order_by("position"))
    drafts = [row.draft for row in shown if row.shown_at is not None]
    return AssignmentWorkspace(
        id=assignment.pk,
        project_id=clip.project_id,
        clip=clip,
        slot=assignment.slot,
        status=assignment.status if is_mine else "lost",
        lease_until=assignment.lease_until if is_mine else None,
        revision=annotation.revision,
        document=annotation.document,
        saved_at=annotation.updated_at,
        drafts=[
            LabelledDraft(draft.uid, label, draft.document, draft.stale_since is not None)
            for draft, label in zip(drafts, DRAFT_LABELS, strict=False)
        ],
        drafts_hidden_until_first_version=len(drafts) < len(shown),
        returned=_open_return(annotation),
        rules=Rules.of(clip.project),
        can_undo=is_mine and _can_undo(annotation, clip),
        verdict=_verdict(annotation),
    )


def own_annotation(assignment_id: int, actor: User) -> Annotation:
    annotation = (
        Annotation.objects.select_related("assignment__clip")
        .filter(assignment_id=assignment_id, annotator=actor)
        .first()
    )
    if annotation is None:
        raise NotFound("You have no such assignment.")
    return annotation


def versions_of(assignment_id: int, actor: User) -> QuerySet[AnnotationVersion]:
    annotation = own_annotation(assignment_id, actor)
    require_role(annotation.assignment.clip.project_id, actor, Role.ANNOTATOR)
    return annotation.versions.all()


def _open_return(annotation: Annotation) -> Returned | None:
    returns = list(annotation.returns.order_by("id"))
    if not returns or returns[-1].answered_at is not None:
        return None
    last = returns[-1]
    return Returned(last.reason, last.sentences, len(returns), last.created_at)


def _can_undo(annotation: Annotation, clip: Clip) -> bool:
    if annotation.assignment.status != AssignmentStatus.SUBMITTED:
        return False
    if clip.stage not in (ClipStage.ANNOTATING, ClipStage.CONSOLIDATING):
        return False
    return not Consolidation.objects.filter(clip=clip, reviewer__isnull=False).exists()


def _verdict(annotation: Annotation) -> str | None:
    last = annotation.verdicts.order_by("-id").first()
    return last.verdict if last else None
