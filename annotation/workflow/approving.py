from __future__ import annotations

from typing import Any

from annotation import captions
from annotation.models import (
    ApprovedCaption,
    Clip,
    ClipStage,
    Consolidation,
    CrossValidation,
    User,
)

from .stages import move


def approve(
    consolidation: Consolidation,
    *,
    document: dict[str, Any],
    actor: User,
    cross_validation: CrossValidation | None = None,
) -> ApprovedCaption:
    """Makes the document the clip's caption of this round. The clip is locked."""
    parsed = captions.parse(document)
    caption = ApprovedCaption.objects.create(
        clip=consolidation.clip,
        consolidation=consolidation,
        cross_validation=cross_validation,
        document=parsed.to_json(),
        sha256=parsed.content_hash(),
    )
    move(consolidation.clip, ClipStage.APPROVED, actor=actor, caption=caption.uid)
    return caption


def approve_imported(
    clip: Clip, *, document: dict[str, Any], imported: dict[str, Any], actor: User
) -> ApprovedCaption:
    """The caption with which a new clip came: it was approved elsewhere, as `imported` tells."""
    parsed = captions.parse(document)
    caption = ApprovedCaption.objects.create(
        clip=clip, document=parsed.to_json(), sha256=parsed.content_hash(), imported=imported
    )
    move(clip, ClipStage.APPROVED, actor=actor, caption=caption.uid)
    return caption
