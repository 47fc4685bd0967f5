"""Asking for an export of a dataset version, and the job that writes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from annotation.errors import InvalidInput, NotFound, TransitionRefused
from annotation.exporting.archive import file_sha256, new_archive
from annotation.exporting.choosing import Chosen, no_longer_allowed
from annotation.exporting.writing import write_archive
from annotation.importing.preparing import storage_name, stored_path
from annotation.instructions.templates import NAME, VERSION, load_templates
from annotation.jobs import JobKind, Progress, enqueue
from annotation.models import (
    DatasetVersion,
    Export,
    ExportFormat,
    InstructionSet,
    Role,
    User,
)

from .access import require_role
from .recording import record_in_project


@transaction.atomic
def start_export(
    *,
    version_uid: str,
    actor: User,
    format: str,
    instruction_set_uid: str = "",
    seed: int | None = None,
    with_videos: bool = False,
) -> Export:
    """Without a seed the version's own is used, so that asking twice gives the same bytes."""
    version = DatasetVersion.objects.select_related("project").filter(uid=version_uid).first()
    if version is None:
        raise NotFound("There is no such dataset version.")
    require_role(version.project_id, actor, Role.ML, Role.LEAD)
    if format not in ExportFormat.values:
        raise InvalidInput(
            f"Choose one of these formats: {', '.join(ExportFormat.values)}.",
            errors=[{"field": "format", "code": "unknown_format", "message": "No such format."}],
        )
    export = Export.objects.create(
        version=version,
        format=format,
        instruction_set=_instruction_set(version, format, instruction_set_uid),
        seed=version.seed if seed is None else seed,
        with_videos=with_videos,
        created_by=actor,
    )
    export.job = enqueue(
        JobKind.RUN_EXPORT,
        key=f"export:{export.uid}",
        payload={"export": export.pk},
        project=version.project,
        started_by=actor,
        runs_alone=True,
    )
    export.save(update_fields=["job"])
    record_in_project(
        "export.started", project=version.project, actor=actor, export=export.uid, format=format
    )
    return export


def _instruction_set(version: DatasetVersion, format: str, uid: str) -> InstructionSet | None:
    if format != ExportFormat.VIDEOLLAMA2:
        return None
    if not uid:
        return built_in_set()
    offered = Q(project=version.project_id) | Q(project__isnull=True)
    found = InstructionSet.objects.filter(offered, uid=uid).first()
    if found is None:
        raise NotFound("The project has no such instruction set.")
    return found


def built_in_set() -> InstructionSet:
    """The set without a project; made where a database does not have it yet."""
    found, _ = InstructionSet.objects.get_or_create(
        project=None, name=NAME, version=VERSION, defaults={"templates": load_templates()}
    )
    return found


def run_export(progress: Progress) -> dict[str, object]:
    """
    Writes the archive under its final name, then the row that points at it. Safe to run twice:
    both attempts write the same bytes.
    """
    export = Export.objects.select_related("version__project", "instruction_set").get(
        pk=progress.job.payload["export"]
    )
    if export.location:
        return {"sha256": export.sha256}
    target = export_path(export)
    total = export.version.counts["total"]
    chosen = Chosen(
        export, lambda done: progress.report(done, total, f"Writing caption {done:,} of {total:,}.")
    )
    with new_archive(target) as archive:
        manifest = write_archive(archive, chosen)
    return _finish(export, progress, target, manifest)


def export_path(export: Export) -> Path:
    return stored_path(f"projects/{export.version.project.uid}/exports/{export.uid}.zip")


def _finish(
    export: Export, progress: Progress, target: Path, manifest: dict[str, Any]
) -> dict[str, object]:
    size_bytes, sha256 = target.stat().st_size, file_sha256(target)
    if no_longer_allowed(export.version) != manifest["left_out"]:
        target.unlink()
        raise TransitionRefused("A clip was withdrawn while the export ran. Try the job again.")
    result: dict[str, object] = {"sha256": sha256}
    with transaction.atomic():
        export.location = storage_name(target)
        export.size_bytes, export.sha256, export.manifest = size_bytes, sha256, manifest
        export.save(update_fields=["location", "size_bytes", "sha256", "manifest"])
        record_in_project(
            "export.finished", project=export.version.project, actor=None, export=export.uid
        )
        progress.finish(result)
    return result
