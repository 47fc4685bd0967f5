"""Exports as a worker makes them."""

from __future__ import annotations

from zipfile import ZipFile

from annotation.importing.preparing import stored_path
from annotation.jobs import run_job
from annotation.models import DatasetVersion, Export
from annotation.workflow.exporting import run_export, start_export


def export_of(version, actor, format="videollama2", **options) -> Export:
    export = start_export(version_uid=version.uid, actor=actor, format=format, **options)
    return run(export)


def run(export: Export) -> Export:
    attempt(export)
    export.refresh_from_db()
    assert export.job is not None
    export.job.refresh_from_db()
    return export


def attempt(export: Export) -> None:
    assert export.job is not None
    run_job(export.job.pk, run_export)


def opened(export: Export) -> ZipFile:
    return ZipFile(stored_path(export.location))


def files_of(export: Export) -> dict[str, bytes]:
    with opened(export) as found:
        return {name: found.read(name) for name in found.namelist()}


def store_videos(version: DatasetVersion) -> None:
    """Each holds the uid of its clip."""
    for entry in version.entries.select_related("clip"):
        path = stored_path(entry.clip.original)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(entry.clip.uid.encode())
