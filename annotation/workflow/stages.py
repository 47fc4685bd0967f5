"""The stages of a clip and the only moves between them."""

from __future__ import annotations

from django.utils import timezone

from annotation.errors import TransitionRefused
from annotation.models import Clip, ClipStage, User

from .recording import record

RESTORABLE = {
    ClipStage.IMPORTED,
    ClipStage.SCREENING,
    ClipStage.DRAFTING,
    ClipStage.ANNOTATING,
    ClipStage.CONSOLIDATING,
    ClipStage.CROSS_VALIDATING,
    ClipStage.APPROVED,
}

MOVES: dict[ClipStage, set[ClipStage]] = {
    # Approved at once with a caption that was approved elsewhere.
    ClipStage.IMPORTED: {ClipStage.SCREENING, ClipStage.APPROVED, ClipStage.REJECTED},
    ClipStage.SCREENING: {ClipStage.DRAFTING, ClipStage.REJECTED},
    ClipStage.DRAFTING: {ClipStage.ANNOTATING, ClipStage.REJECTED},
    ClipStage.ANNOTATING: {ClipStage.CONSOLIDATING, ClipStage.REJECTED},
    # Approved at once when no cross-validation was drawn; annotating when an annotation is
    # returned, undone, or a slot is added.
    ClipStage.CONSOLIDATING: {
        ClipStage.CROSS_VALIDATING,
        ClipStage.APPROVED,
        ClipStage.ANNOTATING,
        ClipStage.REJECTED,
    },
    # Consolidating only by the third reviewer.
    ClipStage.CROSS_VALIDATING: {
        ClipStage.APPROVED,
        ClipStage.CONSOLIDATING,
        ClipStage.REJECTED,
    },
    # The lead reopens or rejects with a reason.
    ClipStage.APPROVED: {ClipStage.CONSOLIDATING, ClipStage.REJECTED},
    ClipStage.REJECTED: RESTORABLE,
    ClipStage.WITHDRAWN: set(),
}


def check_move(current: str, target: ClipStage) -> None:
    # Consent can end at any time.
    if target == ClipStage.WITHDRAWN and current != ClipStage.WITHDRAWN:
        return
    if target in MOVES[ClipStage(current)]:
        return
    raise TransitionRefused(
        f"A clip cannot go from {current} to {target}.", current=current, target=target
    )


def move(clip: Clip, target: ClipStage, *, actor: User | None, **detail: object) -> None:
    """Moves a clip that the caller has locked, and records it."""
    check_move(clip.stage, target)
    came_from = clip.stage
    clip.rejected_from = came_from if target == ClipStage.REJECTED else ""
    clip.stage = target
    clip.stage_since = timezone.now()
    clip.save(update_fields=["stage", "stage_since", "rejected_from", "round"])
    record(f"clip.{target}", clip=clip, actor=actor, came_from=came_from, **detail)


def require_stage(clip: Clip, *stages: ClipStage) -> None:
    if clip.stage not in stages:
        raise TransitionRefused(
            f"The clip is {clip.get_stage_display().lower()} now: this is no longer possible.",
            current=clip.stage,
        )
