"""
What a reviewer compares: annotations and drafts without names, in an order of the reviewer's own.

Only submitted text is shown. An annotation that went back to its writer is read as it was handed
in, not as it is being rewritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from annotation.drawing import shuffled
from annotation.models import (
    Annotation,
    AnnotationReturn,
    AssignmentStatus,
    Clip,
    DraftStatus,
    User,
    VersionKind,
)

from .workspace import DRAFT_LABELS, LabelledDraft

ANNOTATION_LABELS = "ABCDEFGHI"


@dataclass(frozen=True)
class ReturnState:
    reason: str
    answer: str
    loop: int
    open: bool


@dataclass(frozen=True)
class LabelledAnnotation:
    uid: str
    label: str
    document: dict[str, Any]
    returned: ReturnState | None
    verdict: str | None


def labelled_annotations(clip: Clip, reviewer: User) -> list[LabelledAnnotation]:
    held = (
        Annotation.objects.filter(assignment__clip=clip, assignment__annotator=F("annotator"))
        .select_related("assignment")
        .prefetch_related("versions", "returns", "verdicts")
    )
    submitted = [
        (annotation, document)
        for annotation in held
        if (document := _submitted_document(annotation)) is not None
    ]
    in_order = shuffled(
        submitted,
        clip.project.seed,
        clip.uid,
        reviewer.pk,
        key=lambda pair: pair[0].uid,
    )
    return [
        LabelledAnnotation(
            annotation.uid, label, document, _return_state(annotation), _verdict(annotation)
        )
        for (annotation, document), label in zip(in_order, ANNOTATION_LABELS, strict=False)
    ]


def _submitted_document(annotation: Annotation) -> dict[str, Any] | None:
    if annotation.assignment.status == AssignmentStatus.SUBMITTED:
        document: dict[str, Any] = annotation.document
        return document
    handed_in = [row for row in annotation.versions.all() if row.kind == VersionKind.SUBMITTED]
    return max(handed_in, key=lambda row: row.pk).document if handed_in else None


def _return_state(annotation: Annotation) -> ReturnState | None:
    returns = sorted(annotation.returns.all(), key=lambda row: row.pk)
    if not returns:
        return None
    last: AnnotationReturn = returns[-1]
    return ReturnState(last.reason, last.answer, len(returns), last.answered_at is None)


def _verdict(annotation: Annotation) -> str | None:
    verdicts = sorted(annotation.verdicts.all(), key=lambda row: row.pk)
    return verdicts[-1].verdict if verdicts else None


def labelled_drafts(clip: Clip, reviewer: User) -> list[LabelledDraft]:
    ready = clip.drafts.filter(status=DraftStatus.READY, is_shadow=False)
    in_order = shuffled(
        ready, clip.project.seed, clip.uid, reviewer.pk, key=lambda draft: draft.uid
    )
    return [
        LabelledDraft(draft.uid, label, draft.document, draft.stale_since is not None)
        for draft, label in zip(in_order, DRAFT_LABELS, strict=False)
    ]
