"""Saving an annotation while it is being written."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from annotation import captions
from annotation.models import Annotation, AnnotationVersion, User, VersionKind

from . import drafting
from .access import assignment_for_update, require_held, require_revision
from .slots import hold_slot

# Autosave writes every few seconds; a version a minute is enough to go back to.
CHECKPOINT_EVERY = timedelta(minutes=1)


@transaction.atomic
def save_annotation(
    *, assignment_id: int, actor: User, revision: int, document: object
) -> Annotation:
    """
    Stores the text on the revision it was made on, and renews the lease.

    A repeated save, whose first answer was lost on the way, is answered like the first.
    """
    parsed = captions.parse(document).to_json()
    assignment, annotation = assignment_for_update(assignment_id, actor)
    require_held(assignment, actor)
    if annotation.revision == revision + 1 and annotation.document == parsed:
        return annotation
    require_revision(annotation, revision)
    _keep_checkpoint(annotation)
    annotation.document = parsed
    annotation.revision = revision + 1
    annotation.save(update_fields=["document", "revision", "updated_at"])
    hold_slot(assignment, actor)
    drafting.uncover_drafts(annotation)
    return annotation


def keep_version(annotation: Annotation, kind: VersionKind) -> None:
    AnnotationVersion.objects.get_or_create(
        annotation=annotation,
        revision=annotation.revision,
        kind=kind,
        defaults={"document": annotation.document},
    )


def _keep_checkpoint(annotation: Annotation) -> None:
    """Keeps the text that is about to be replaced, at most once a minute."""
    if annotation.revision == 0:
        return
    recent = timezone.now() - CHECKPOINT_EVERY
    if annotation.versions.filter(created_at__gt=recent).exists():
        return
    keep_version(annotation, VersionKind.CHECKPOINT)
