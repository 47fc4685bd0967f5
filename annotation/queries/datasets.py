"""Frozen versions and their exports. Their texts are for those who build models, and leads."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from annotation.errors import NotFound, TransitionRefused
from annotation.exporting.choosing import clip_of, ended_since
from annotation.models import (
    Clip,
    DatasetEntry,
    DatasetVersion,
    Export,
    InstructionSet,
    Role,
    User,
)
from annotation.workflow.access import require_role

READERS = (Role.ML, Role.LEAD)


def instruction_sets_for(project_id: int, actor: User) -> QuerySet[InstructionSet]:
    require_role(project_id, actor)
    return InstructionSet.objects.filter(Q(project_id=project_id) | Q(project__isnull=True))


def versions_of(project_id: int, actor: User) -> QuerySet[DatasetVersion]:
    require_role(project_id, actor)
    return DatasetVersion.objects.filter(project_id=project_id).select_related("created_by")


def version_for(uid: str, actor: User, *allowed: Role) -> DatasetVersion:
    found = DatasetVersion.objects.select_related("created_by").filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such dataset version.")
    require_role(found.project_id, actor, *allowed)
    return found


def entries_of(uid: str, actor: User, *, hedges: bool | None = None) -> QuerySet[DatasetEntry]:
    """Or only those whose texts still hedge, or only those that do not."""
    entries = version_for(uid, actor, *READERS).entries.select_related("clip")
    if hedges is None:
        return entries
    return entries.filter(hedges__len__gt=0) if hedges else entries.filter(hedges__len=0)


def clip_of_version(version_uid: str, clip_uid: str, actor: User) -> Clip:
    """One whose video may be fetched."""
    clip = clip_of(version_for(version_uid, actor, *READERS), clip_uid)
    if clip is None:
        raise NotFound("The version has no such clip, or its use has ended.")
    return clip


def exports_of(uid: str, actor: User) -> QuerySet[Export]:
    version = version_for(uid, actor, *READERS)
    return version.exports.select_related("job", "instruction_set", "version")


def export_for(uid: str, actor: User) -> Export:
    found = (
        Export.objects.select_related("job", "instruction_set", "version").filter(uid=uid).first()
    )
    if found is None:
        raise NotFound("There is no such export.")
    require_role(found.version.project_id, actor, *READERS)
    return found


def finished_export(uid: str, actor: User) -> Export:
    export = export_for(uid, actor)
    if not export.location:
        raise NotFound("This export is not finished.")
    if ended := ended_since(export):
        raise TransitionRefused(
            f"The use of {len(ended)} of its clips has ended since. Export the version again.",
            clips=ended,
        )
    return export
