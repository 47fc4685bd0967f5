"""Drafts come and go; they never keep a clip from being annotated for longer than agreed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from annotation import captions
from annotation.captions import CaptionDocument
from annotation.drawing import draw, shuffled
from annotation.errors import InvalidCaption
from annotation.models import (
    Annotation,
    Clip,
    ClipStage,
    Draft,
    DraftPolicy,
    DraftStatus,
    FaceTracks,
    JobState,
    ShownDraft,
)

from .recording import record
from .slots import open_for_annotation

MOST_SHOWN = 2
NOT_A_CAPTION = "The model's answer is no caption document. Ask again, or change its prompt."
NOTHING_SAID = "The model said nothing about any face. Ask again, or change its prompt."
WITHDRAWN = "The clip was withdrawn while its draft was made. Nothing was kept."
CANCELLED = "The job of this draft was cancelled. Ask for the draft again."


@dataclass(frozen=True)
class Ending:
    """What a worker made of a draft: a document, or a failure in one word and in a sentence."""

    document: Mapping[str, Any] | None = None
    failure: str = ""
    error: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    # The main faces that the model looked at; None where it looked at no tracks.
    main_tracks: Collection[int] | None = None


def leave_drafting_if_ready(clip: Clip) -> bool:
    """Opens a locked clip in `drafting` once every draft asked for has ended."""
    if clip.stage != ClipStage.DRAFTING:
        return False
    if clip.drafts.filter(status=DraftStatus.REQUESTED, is_shadow=False).exists():
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


@transaction.atomic
def record_draft(*, draft_id: int, ending: Ending) -> Draft:
    """
    Ends a draft and opens its clip when that was the last one it waited for.

    What a model wrote is checked here as anybody's text is; no caption becomes a failure. A draft
    that has ended stays as it is, so a late second attempt changes nothing.
    """
    clip_id = Draft.objects.values_list("clip_id", flat=True).get(pk=draft_id)
    clip = Clip.objects.select_for_update(of=("self",)).select_related("project").get(pk=clip_id)
    draft = Draft.objects.get(pk=draft_id)
    if draft.status != DraftStatus.REQUESTED:
        return draft
    _end(draft, clip, ending)
    detail = {"failure": draft.failure} if draft.failure else {}
    record(f"draft.{draft.status}", clip=clip, actor=None, draft=draft.uid, **detail)
    leave_drafting_if_ready(clip)
    return draft


def _end(draft: Draft, clip: Clip, ending: Ending) -> None:
    document, draft.failure, draft.error = _checked(ending, clip)
    draft.document = document.to_json() if document else None
    draft.status = DraftStatus.READY if document else DraftStatus.FAILED
    draft.ended_at = timezone.now()
    if document and _looked_elsewhere(clip, ending.main_tracks):
        draft.stale_since = draft.ended_at
    draft.input_tokens, draft.output_tokens = ending.input_tokens, ending.output_tokens
    draft.seconds = ending.seconds
    draft.save()


def _checked(ending: Ending, clip: Clip) -> tuple[CaptionDocument | None, str, str]:
    if clip.stage == ClipStage.WITHDRAWN:
        return None, "withdrawn", WITHDRAWN
    if ending.document is None:
        return None, ending.failure, ending.error
    try:
        document = captions.parse(ending.document)
    except InvalidCaption:
        return None, "wrong_form", NOT_A_CAPTION
    frames = [sentence.frames for sentence in document.facial_changes if sentence.frames]
    if any(last > clip.frame_count for _, last in frames):
        return None, "wrong_form", NOT_A_CAPTION
    if not any(sentence.has_text for sentence in document.facial_changes):
        return None, "empty", NOTHING_SAID
    return document, "", ""


def _looked_elsewhere(clip: Clip, main_tracks: Collection[int] | None) -> bool:
    """Somebody chose another main face while the model was at work."""
    if main_tracks is None:
        return False
    tracks = FaceTracks.objects.filter(clip=clip).first()
    return tracks is not None and sorted(tracks.main_tracks) != sorted(main_tracks)


@transaction.atomic
def reopen_failed(uid: str) -> Draft | None:
    """
    The draft that a job is to make; None when there is nothing to do.

    A failed one is asked for again by trying its job again, unless another took its place.
    """
    clip_id = Draft.objects.values_list("clip_id", flat=True).get(uid=uid)
    clip = (
        Clip.objects.select_for_update(of=("self",))
        .select_related("project", "source")
        .get(pk=clip_id)
    )
    draft = Draft.objects.select_related("version__prompt").get(uid=uid)
    if draft.status == DraftStatus.FAILED and not others_like(draft).exists():
        draft.status, draft.error, draft.failure = DraftStatus.REQUESTED, "", ""
        draft.ended_at = None
        draft.save()
    draft.clip = clip
    return draft if draft.status == DraftStatus.REQUESTED else None


def others_like(draft: Draft) -> QuerySet[Draft]:
    """Drafts of the same version that stand where this one would."""
    alike = Draft.objects.filter(
        clip_id=draft.clip_id, version_id=draft.version_id, stale_since__isnull=True
    )
    return alike.exclude(status=DraftStatus.FAILED).exclude(pk=draft.pk)


def end_next_abandoned_draft() -> bool:
    """One draft whose job ended without it fails with the job's reason. Safe to run anywhere."""
    ended = [JobState.DEAD, JobState.CANCELLED]
    under_way = Draft.objects.filter(status=DraftStatus.REQUESTED, job__state__in=ended)
    draft = under_way.select_related("job").order_by("pk").first()
    if draft is None or draft.job is None:
        return False
    error = draft.job.error if draft.job.state == JobState.DEAD else CANCELLED
    record_draft(draft_id=draft.pk, ending=Ending(failure="gave_up", error=error or CANCELLED))
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
    ready = clip.drafts.filter(status=DraftStatus.READY, is_shadow=False)
    in_order: list[Draft] = shuffled(
        ready, project.seed, clip.uid, annotation.annotator_id, key=lambda draft: draft.uid
    )
    # One that was made for another face is shown only where there is no better one.
    chosen = sorted(in_order, key=lambda draft: draft.stale_since is not None)[:MOST_SHOWN]
    shown_at = timezone.now() if project.draft_policy == DraftPolicy.ALWAYS else None
    ShownDraft.objects.bulk_create(
        ShownDraft(annotation=annotation, draft=draft, position=position, shown_at=shown_at)
        for position, draft in enumerate(chosen)
    )


def uncover_drafts(annotation: Annotation) -> None:
    """Shows what was held back until a first version was written."""
    annotation.shown_drafts.filter(shown_at__isnull=True).update(shown_at=timezone.now())
