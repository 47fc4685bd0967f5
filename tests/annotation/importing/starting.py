"""Imports of each kind, and what they leave in storage."""

from __future__ import annotations

import json
from fractions import Fraction
from io import BytesIO
from pathlib import Path

from annotation.importing.preparing import store_file
from annotation.jobs import run_job
from annotation.models import Import
from annotation.workflow.import_batches import (
    run_import,
    start_folder_import,
    start_jsonl_import,
    start_upload_import,
)
from tests.clips import Recipe, steady

PLAIN = Recipe("plain.mp4", *steady(Fraction(25), 12))
OTHER = Recipe("other.mp4", *steady(Fraction(25), 8))
UNPLAYABLE = Recipe("old.avi", *steady(Fraction(25), 6), codec="mpeg4")


def put(videos, name, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(videos[name].read_bytes())
    return target


def stored(videos, name="plain.mp4", as_name=None):
    with videos[name].open("rb") as file:
        return store_file(file, as_name or name)


def run(batch: Import) -> Import:
    assert batch.job is not None
    run_job(batch.job.pk, run_import)
    batch.refresh_from_db()
    assert batch.job is not None
    batch.job.refresh_from_db()
    return batch


def upload(world, *files, actor=None):
    return start_upload_import(
        project_id=world.project.pk,
        actor=actor or world.lena,
        source_id=world.source.pk,
        files=files,
    )


def from_folder(world, path=".", **changes):
    fields = {"project_id": world.project.pk, "actor": world.lena, "source_id": world.source.pk}
    return start_folder_import(**{**fields, **changes}, path=path)


def from_lines(world, *lines, dry_run=False, lenient=False):
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return start_jsonl_import(
        project_id=world.project.pk,
        actor=world.mila,
        source_id=world.source.pk,
        records=store_file(BytesIO(text.encode()), "records.jsonl"),
        dry_run=dry_run,
        lenient=lenient,
    )


def kept_files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
