"""Many files at once: who may start it, what becomes of each, and trying again."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count

from annotation.errors import InvalidInput, NotFound, TransitionRefused, WorkflowError
from annotation.full_disk import StorageFull
from annotation.importing.folders import (
    display_name,
    open_regular,
    resolve_below_roots,
    video_files,
)
from annotation.importing.preparing import (
    StoredFile,
    discard,
    prepare,
    store_file,
    stored_before,
    stored_path,
)
from annotation.jobs import JobKind, Progress, enqueue
from annotation.media import excerpt_of
from annotation.models import (
    Clip,
    Import,
    ImportItem,
    ImportItemStatus,
    ImportKind,
    JobState,
    User,
)

from .access import project_for, require_role
from .import_archives import caption_of, source_of, store_archived
from .import_films import films_of, list_shots
from .import_items import list_items
from .import_records import check_records, list_records
from .importing import IMPORTERS, DraftBrought, Labels, import_clip, source_for_import
from .recording import record_in_project

logger = logging.getLogger(__name__)

MOST_FILES = 100_000
RECORDS = (ImportKind.JSONL, ImportKind.ARCHIVE)


@transaction.atomic
def start_upload_import(
    *,
    project_id: int,
    actor: User,
    source_id: int,
    files: Sequence[StoredFile],
    records: Mapping[str, dict[str, Any]] | None = None,
) -> Import:
    """
    Files that `preparing.store_file` has put into storage, before any transaction. `records`
    may hold labels and drafts by file name, as `importing.records.read_record` answers them.
    """
    batch = _new_batch(project_id, actor, source_id, ImportKind.UPLOAD)
    list_items(batch, ((file.name, file.location) for file in files), records or {})
    return _send(batch, actor)


def start_folder_import(
    *,
    project_id: int,
    actor: User,
    source_id: int,
    path: str,
    kind: ImportKind = ImportKind.FOLDER,
) -> Import:
    """
    Every video below a folder of this machine that the operator opened for imports: each a clip,
    or with `ImportKind.FILM` each a film that is cut into clips.
    """
    source_for_import(project_id, actor, source_id)
    found = list(islice(video_files(resolve_below_roots(path)), MOST_FILES + 1))
    if not 0 < len(found) <= MOST_FILES:
        raise InvalidInput(
            f"The folder holds {'no videos' if not found else 'too many videos'}. "
            f"Choose one with 1 to {MOST_FILES:,}.",
            errors=[{"field": "path", "code": "file_count", "message": "Choose another folder."}],
        )
    with transaction.atomic():
        batch = _new_batch(project_id, actor, source_id, kind)
        list_items(batch, ((display_name(file.name), str(file)) for file in found), {})
        return _send(batch, actor)


@transaction.atomic
def start_jsonl_import(
    *,
    project_id: int,
    actor: User,
    source_id: int,
    records: StoredFile,
    dry_run: bool = False,
    lenient: bool = False,
) -> Import:
    """Records that name files below the import folders. Nothing of a file with an error."""
    batch = _new_batch(project_id, actor, source_id, ImportKind.JSONL)
    return _send_records(batch, actor, records, dry_run=dry_run, lenient=lenient)


@transaction.atomic
def start_archive_import(
    *, project_id: int, actor: User, archive: StoredFile, dry_run: bool = False
) -> Import:
    """
    A native export with the captions approved there. Videos that it does not hold are looked for
    below the import folders.
    """
    project = project_for(project_id, actor, *IMPORTERS)
    batch = Import.objects.create(project=project, kind=ImportKind.ARCHIVE, created_by=actor)
    record_in_project(
        "import.started", project=project, actor=actor, batch=batch.uid, of=batch.kind
    )
    return _send_records(batch, actor, archive, dry_run=dry_run)


def _send_records(
    batch: Import, actor: User, records: StoredFile, *, dry_run: bool, lenient: bool = False
) -> Import:
    batch.records, batch.dry_run, batch.lenient = records.location, dry_run, lenient
    batch.save(update_fields=["records", "dry_run", "lenient"])
    return _send(batch, actor)


@transaction.atomic
def retry_failed(*, import_uid: str, actor: User) -> Import:
    """Tries the failed items again, and those that a stopped job never came to."""
    batch = Import.objects.select_related("job", "project").filter(uid=import_uid).first()
    if batch is None:
        raise NotFound("There is no such import.")
    require_role(batch.project_id, actor, *IMPORTERS)
    if batch.job is not None and batch.job.state in (JobState.QUEUED, JobState.RUNNING):
        raise TransitionRefused("This import is still running. Wait until it has ended.")
    batch.items.filter(status=ImportItemStatus.FAILED).update(
        status=ImportItemStatus.PENDING, code="", message=""
    )
    if not batch.items.filter(status=ImportItemStatus.PENDING).exists():
        raise TransitionRefused("Nothing of this import failed, so there is nothing to try again.")
    return _send(batch, actor)


def _new_batch(project_id: int, actor: User, source_id: int, kind: ImportKind) -> Import:
    source = source_for_import(project_id, actor, source_id)
    batch = Import.objects.create(project_id=project_id, source=source, kind=kind, created_by=actor)
    record_in_project(
        "import.started", project=source.project, actor=actor, batch=batch.uid, of=kind
    )
    return batch


def _send(batch: Import, actor: User) -> Import:
    batch.job = enqueue(
        JobKind.RUN_IMPORT,
        # A second request for the same try is the same job.
        key=f"import:{batch.uid}:after:{batch.job_id or 0}",
        payload={"import": batch.pk},
        project=batch.project,
        started_by=actor,
        runs_alone=True,
    )
    batch.save(update_fields=["job"])
    return batch


def run_import(progress: Progress) -> dict[str, object]:
    """
    Imports what is still pending, item by item. Safe to run twice and to be killed: every item
    ends in the transaction that makes its clip.
    """
    batch = Import.objects.select_related("created_by").get(pk=progress.job.payload["import"])
    if batch.kind in RECORDS and not batch.items.exists():
        check_records(batch, progress)
        if not batch.errors and not batch.dry_run:
            list_records(batch)
    if batch.kind == ImportKind.FILM:
        for film in films_of(batch):
            _list_shots(batch, film, progress)
    pending = list(
        batch.items.filter(status=ImportItemStatus.PENDING)
        .order_by("position")
        .values_list("pk", flat=True)
    )
    for done, item_id in enumerate(pending):
        progress.report(done, len(pending), f"Importing file {done + 1} of {len(pending)}.")
        _import_item(batch, ImportItem.objects.get(pk=item_id))
    if batch.records and stored_path(batch.records).exists():
        discard(stored_before(batch.records, "records"))
    return {"errors": len(batch.errors), **count_items(batch)}


def count_items(batch: Import) -> dict[str, int]:
    found = dict(batch.items.values_list("status").annotate(Count("pk")))
    return {status: found.get(status, 0) for status in ImportItemStatus.values}


def _import_item(batch: Import, item: ImportItem) -> None:
    stored: StoredFile | None = None
    try:
        stored = _stored(batch, item)
        _finish(batch, item, stored)
    except (WorkflowError, OSError) as problem:
        _fail(item, problem)
        # An upload that only lacked room can be tried again from what is stored.
        if stored and not (isinstance(problem, StorageFull) and batch.kind == ImportKind.UPLOAD):
            discard(stored)


def _list_shots(batch: Import, film: ImportItem, progress: Progress) -> None:
    try:
        list_shots(batch, film, progress)
    except (WorkflowError, OSError) as problem:
        _fail(film, problem)


def _stored(batch: Import, item: ImportItem) -> StoredFile:
    if batch.kind == ImportKind.UPLOAD:
        return stored_before(item.location, item.name)
    if batch.kind == ImportKind.FILM:
        film, span = resolve_below_roots(item.location), (item.record["start"], item.record["stop"])
        with excerpt_of(film, *span) as part, part.open("rb") as file:
            return store_file(file, item.name)
    if batch.kind == ImportKind.ARCHIVE:
        return store_archived(batch, item)
    # Resolved again: since the listing, a link may have come to lead elsewhere.
    with open_regular(resolve_below_roots(item.location)) as file:
        return store_file(file, item.name)


def _finish(batch: Import, item: ImportItem, stored: StoredFile) -> None:
    present = Clip.objects.filter(project_id=batch.project_id, sha256=stored.sha256).first()
    if present is not None:
        _settle(item, present, created=False)
        return
    is_archived = batch.kind == ImportKind.ARCHIVE
    prepared = prepare(stored, item.record.get("crop"))
    source_id = source_of(batch, item).pk
    with transaction.atomic():
        locked = ImportItem.objects.select_for_update().get(pk=item.pk)
        if locked.status != ImportItemStatus.PENDING:
            return
        clip, created = import_clip(
            project_id=batch.project_id,
            actor=batch.created_by,
            source_id=source_id,
            prepared=prepared,
            labels=Labels.from_record(item.record, item.name),
            drafts=[DraftBrought(**draft) for draft in item.record.get("drafts", [])],
            caption=caption_of(item) if is_archived else None,
        )
        _settle(locked, clip, created=created)


def _settle(item: ImportItem, clip: Clip, *, created: bool) -> None:
    # Of two workers on one item, the one that made the clip is right about it.
    ImportItem.objects.filter(pk=item.pk, status=ImportItemStatus.PENDING).update(
        status=ImportItemStatus.IMPORTED if created else ImportItemStatus.DUPLICATE,
        message="" if created else "The project has this file already; its clip is unchanged.",
        clip=clip,
    )


def _fail(item: ImportItem, problem: WorkflowError | OSError) -> None:
    if isinstance(problem, WorkflowError):
        code, message = problem.code, problem.message
    else:
        logger.warning("import item %d cannot be read: %s", item.pk, problem.strerror)
        code, message = "unreadable", "The file cannot be read. Check that it exists and may be."
    ImportItem.objects.filter(pk=item.pk, status=ImportItemStatus.PENDING).update(
        status=ImportItemStatus.FAILED, code=code, message=message
    )
