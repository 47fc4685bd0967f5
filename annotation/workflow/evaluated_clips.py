"""Which clips of a version may still be used, and what may be sent to servers outside."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from annotation.errors import TransitionRefused
from annotation.models import ClipStage, DatasetEntry, DatasetVersion, ModelVersion


def usable_entries(version: DatasetVersion) -> QuerySet[DatasetEntry]:
    """In the order in which they were frozen, without clips whose use has ended since."""
    is_over = Q(clip__consent_until__lt=timezone.localdate())
    entries = version.entries.exclude(clip__stage=ClipStage.WITHDRAWN)
    return entries.exclude(is_over).select_related("clip").order_by("pk")


def evaluated_entries(version: DatasetVersion, split: str) -> QuerySet[DatasetEntry]:
    return usable_entries(version).filter(split=split)


def require_sendable(version: DatasetVersion, split: str, model: ModelVersion) -> None:
    """
    Frames and texts of clips go to a hosted model only where the project and the source of each
    clip allow it. Ask again when they are about to leave.
    """
    require_endpoint(model)
    if count := kept_in(evaluated_entries(version, split)).count():
        raise TransitionRefused(
            f"{count} clips of the split may not be sent to a hosted model: the project or their "
            "source does not allow external processing. Have a lead allow it, or choose a model "
            "or judge that runs here.",
            clips=count,
        )


def require_captions_sendable(version: DatasetVersion, model: ModelVersion) -> None:
    """The same for the captions of all splits. Names the sources that keep theirs in."""
    require_endpoint(model)
    of_sources = kept_in(usable_entries(version)).order_by("clip__source__name")
    if names := list(of_sources.values_list("clip__source__name", flat=True).distinct()):
        raise TransitionRefused(
            f"Captions of {', '.join(names)} may not be sent to a hosted model: the project or "
            "the source does not allow external processing. Have a lead allow it, or freeze a "
            "version without them.",
            sources=names,
        )


def require_endpoint(model: ModelVersion) -> None:
    if model.endpoint not in settings.DRAFT_ENDPOINTS:
        raise TransitionRefused(
            f"The settings of this installation name no endpoint {model.endpoint}. Have its "
            "operator add it, or choose another model."
        )


def kept_in(entries: QuerySet[DatasetEntry]) -> QuerySet[DatasetEntry]:
    """Those of which nothing may leave for servers outside."""
    return entries.exclude(
        clip__source__external_processing_allowed=True,
        clip__project__external_processing_allowed=True,
    )
