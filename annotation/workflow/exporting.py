"""Asking for an export of a dataset version, and the job that writes it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from time import time
from typing import Any

from django.db import transaction
from django.db.models import Q

from annotation.errors import InvalidInput, NotFound, TransitionRefused
from annotation.exporting.archive import Archive, new_archive
from annotation.exporting.choosing import Chosen, no_longer_allowed
from annotation.exporting.formats import FORMATS
from annotation.exporting.telling import Telling
from annotation.exporting.unfinished import JOURNAL, StillWritten, held
from annotation.exporting.writing import write_archive
from annotation.importing.preparing import storage_name, stored_path
from annotation.instructions.templates import NAME, VERSION, load_templates
from annotation.jobs import JobKind, Progress, enqueue
from annotation.media import UNFINISHED_FOR_S
from annotation.models import (
    DatasetVersion,
    Export,
    ExportFormat,
    ExportMedia,
    InstructionSet,
    Job,
    JobState,
    Rendering,
    Role,
    Split,
    User,
)

from .access import require_role
from .recording import record_in_project

logger = logging.getLogger(__name__)


@transaction.atomic
def start_export(
    *,
    version_uid: str,
    actor: User,
    format: str,
    rendering: str = "",
    splits: Sequence[str] = (),
    instruction_set_uid: str = "",
    seed: int | None = None,
    media: str = ExportMedia.PATHS,
    links_to: str = "",
    with_rule_drafts: bool = False,
) -> Export:
    """
    Without a rendering or a seed the version's own is used, so that asking twice gives the same
    bytes; without splits, all of them. Links lead to the address of the version that is given.
    """
    version = DatasetVersion.objects.select_related("project").filter(uid=version_uid).first()
    if version is None:
        raise NotFound("There is no such dataset version.")
    require_role(version.project_id, actor, Role.ML, Role.LEAD)
    _check(format, rendering or version.rendering, splits, media)
    form = FORMATS[ExportFormat(format)]
    export = Export.objects.create(
        version=version,
        format=format,
        rendering=rendering or version.rendering,
        splits=[split for split in Split.values if not splits or split in splits],
        instruction_set=_instruction_set(version, instruction_set_uid) if form.asks else None,
        seed=version.seed if seed is None else seed,
        media=ExportMedia.COPIES if form.holds_videos else media,
        links_to=links_to if media == ExportMedia.LINKS and not form.holds_videos else "",
        with_rule_drafts=with_rule_drafts,
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


def _check(format: str, rendering: str, splits: Sequence[str], media: str) -> None:
    known = {
        "format": ("formats", [format], ExportFormat.values),
        "rendering": ("renderings", [rendering], Rendering.values),
        "splits": ("splits", splits, Split.values),
        "media": ("media", [media], ExportMedia.values),
    }
    for field, (words, chosen, allowed) in known.items():
        if not set(chosen) <= set(allowed):
            raise InvalidInput(
                f"Choose of these {words}: {', '.join(allowed)}.",
                errors=[{"field": field, "code": f"unknown_{field}", "message": "Unknown."}],
            )


def _instruction_set(version: DatasetVersion, uid: str) -> InstructionSet:
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
    Writes the archive under its final name, then the row that points at it. Goes on where a killed
    attempt stopped; every attempt makes the same bytes.
    """
    export = Export.objects.select_related("version__project", "instruction_set").get(
        pk=progress.job.payload["export"]
    )
    if export.location:
        return {"sha256": export.sha256}
    telling = Telling(progress, export)
    chosen = Chosen(export, telling)
    with new_archive(export_path(export), chosen.purpose) as archive:
        telling.go_on(archive.notes)
        manifest = write_archive(archive, chosen)
    return _finish(export, progress, archive, manifest)


def export_path(export: Export) -> Path:
    return stored_path(f"projects/{export.version.project.uid}/exports/{export.uid}.zip")


def _finish(
    export: Export, progress: Progress, archive: Archive, manifest: dict[str, Any]
) -> dict[str, object]:
    target = export_path(export)
    if no_longer_allowed(export.version) != manifest["left_out"]:
        target.unlink()
        raise TransitionRefused("A clip was withdrawn while the export ran. Try the job again.")
    result: dict[str, object] = {"sha256": archive.sha256}
    with transaction.atomic():
        export.location, export.manifest = storage_name(target), manifest
        export.size_bytes, export.sha256 = archive.size_bytes, archive.sha256
        export.save(update_fields=["location", "size_bytes", "sha256", "manifest"])
        record_in_project(
            "export.finished", project=export.version.project, actor=None, export=export.uid
        )
        progress.finish(result)
    return result


def remove_unfinished_exports() -> None:
    """What nobody goes on with. Safe to run at any time, and by two at once."""
    for folder in stored_path("projects").glob("*/exports/.*.zip"):
        # Somebody writes there at this moment, or removes it.
        with suppress(StillWritten, FileNotFoundError), held(folder):
            if _is_given_up(folder):
                rmtree(folder)
                logger.info("removed %s, which nobody finished", folder.name)


def _is_given_up(folder: Path) -> bool:
    """A job that died can be tried again: for a day it goes on where it stopped."""
    uid = folder.name.removeprefix(".").removesuffix(".zip")
    job = Job.objects.filter(pk__in=Export.objects.filter(uid=uid).values("job")).first()
    if job is None or job.state in (JobState.CANCELLED, JobState.DONE):
        return True
    is_old = (folder / JOURNAL).stat().st_mtime < time() - UNFINISHED_FOR_S
    return job.state == JobState.DEAD and is_old
