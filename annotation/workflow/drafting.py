"""Drafts come and go; they never keep a clip from being annotated for longer than agreed."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.functions import Now
from django.utils import timezone

from annotation.drawing import draw, shuffled
from annotation.models import (
    Annotation,
    Clip,
    ClipStage,
    Draft,
    DraftPolicy,
    DraftStatus,
    ShownDraft,
)

from .slots import open_for_annotation

MOST_SHOWN = 2


def leave_drafting_if_ready(clip: Clip) -> bool:
    """Opens a locked clip in `drafting` once every draft asked for has ended."""
    if clip.stage != ClipStage.DRAFTING:
        return False
    if clip.drafts.filter(status=DraftStatus.REQUESTED).exists():
        return False
    open_for_annotation(clip)
    return True


@transaction.atomic
def open_next_overdue_clip() -> bool:
    """
    Opens one clip that has waited for its drafts for longer than its project allows.

    One clip a transaction, skipping locked ones: several sweeps at once share the work.
    """
    waited = ExpressionWrapper(
        F("project__draft_wait_minutes") * timedelta(minutes=1), output_field=DurationField()
    )
    clip = (
        Clip.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("project")
        .filter(stage=ClipStage.DRAFTING, stage_since__lt=Now() - waited)
        .order_by("stage_since")
        .first()
    )
    if clip is None:
        return False
    open_for_annotation(clip)
    return True


def show_drafts(annotation: Annotation, clip: Clip) -> None:
    """
    Chooses what this annotator is shown: at most two drafts, in an order of their own.

    Called once, at the claim; a draft that comes later is for those who claim later.
    """
    project = clip.project
    if project.draft_policy == DraftPolicy.NONE:
        return
    if draw(project.seed, "no draft", clip.uid) < project.no_draft_share:
        return
    ready = clip.drafts.filter(status=DraftStatus.READY)
    chosen: list[Draft] = shuffled(
        ready, project.seed, clip.uid, annotation.annotator_id, key=lambda draft: draft.uid
    )[:MOST_SHOWN]
    shown_at = timezone.now() if project.draft_policy == DraftPolicy.ALWAYS else None
    ShownDraft.objects.bulk_create(
        ShownDraft(annotation=annotation, draft=draft, position=position, shown_at=shown_at)
        for position, draft in enumerate(chosen)
    )


def uncover_drafts(annotation: Annotation) -> None:
    """Shows what was held back until a first version was written."""
    annotation.shown_drafts.filter(shown_at__isnull=True).update(shown_at=timezone.now())
