"""Handing an annotation in, and taking it back while nobody has looked at it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from annotation import captions
from annotation.errors import TransitionRefused
from annotation.models import (
    Annotation,
    Assignment,
    AssignmentStatus,
    Clip,
    ClipStage,
    Consolidation,
    ReviewStatus,
    User,
    VersionKind,
)

from .access import assignment_for_update, require_held, require_holder, require_revision
from .agreement import ask_for_agreement
from .leases import lease_end
from .recording import record
from .slots import send_back_to_annotators
from .stages import move, require_stage
from .writing import keep_version


@transaction.atomic
def submit_annotation(
    *, assignment_id: int, actor: User, revision: int, answer: str = ""
) -> Annotation:
    """
    Hands in the annotator's caption. The last of the N opens consolidation.

    A second submission is refused, so a retried request cannot count twice. `answer` goes to
    the reviewer who returned the annotation.
    """
    assignment, annotation = assignment_for_update(assignment_id, actor)
    require_held(assignment, actor)
    require_revision(annotation, revision)
    captions.check_complete(
        captions.parse(annotation.document),
        attributes_required=assignment.clip.project.attributes_required,
    )
    assignment.status = AssignmentStatus.SUBMITTED
    assignment.lease_until = None
    assignment.submitted_at = timezone.now()
    assignment.save(update_fields=["status", "lease_until", "submitted_at"])
    keep_version(annotation, VersionKind.SUBMITTED)
    annotation.returns.filter(answered_at__isnull=True).update(
        answer=answer, answered_at=timezone.now()
    )
    record("annotation.submitted", clip=assignment.clip, actor=actor, slot=assignment.slot)
    _open_consolidation_if_complete(assignment.clip)
    return annotation


def _open_consolidation_if_complete(clip: Clip) -> None:
    if clip.assignments.exclude(status=AssignmentStatus.SUBMITTED).exists():
        return
    move(clip, ClipStage.CONSOLIDATING, actor=None)
    consolidation, created = Consolidation.objects.get_or_create(
        clip=clip,
        round=clip.round,
        defaults={"document": captions.empty().to_json()},
    )
    ask_for_agreement(clip)
    if created or consolidation.status != ReviewStatus.WAITING:
        return
    # Whoever returned the work has the first right to see what came back.
    if consolidation.reviewer_id is None:
        consolidation.status = ReviewStatus.OPEN
    else:
        consolidation.status = ReviewStatus.HELD
        consolidation.lease_until = lease_end(clip.project)
    consolidation.save(update_fields=["status", "lease_until"])


@transaction.atomic
def undo_submission(*, assignment_id: int, actor: User) -> Assignment:
    """Takes a submission back, until a reviewer has claimed the clip."""
    assignment, _ = assignment_for_update(assignment_id, actor)
    require_holder(assignment, actor)
    clip = assignment.clip
    if assignment.status != AssignmentStatus.SUBMITTED:
        raise TransitionRefused("This annotation has not been submitted.")
    require_stage(clip, ClipStage.ANNOTATING, ClipStage.CONSOLIDATING)
    if Consolidation.objects.filter(clip=clip, reviewer__isnull=False).exists():
        raise TransitionRefused("A reviewer has begun with this clip. Ask them to return it.")
    if clip.stage == ClipStage.CONSOLIDATING:
        send_back_to_annotators(clip, actor=actor)
    assignment.status = AssignmentStatus.HELD
    assignment.lease_until = lease_end(clip.project)
    assignment.submitted_at = None
    assignment.save(update_fields=["status", "lease_until", "submitted_at"])
    record("annotation.reopened", clip=clip, actor=actor, slot=assignment.slot)
    return assignment
