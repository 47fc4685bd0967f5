"""A native export of another project: its clips with the captions that were approved there."""

from __future__ import annotations

from annotation.errors import InvalidInput, WorkflowError
from annotation.importing.archives import opened_video, video_differs
from annotation.importing.preparing import StoredFile, store_file, stored_path
from annotation.models import Clip, Import, ImportItem, Source

from .importing import CaptionBrought


def video_refusal(batch: Import, record: dict[str, object]) -> WorkflowError | None:
    """Compared by hash, which also finds a video of another name or another cut."""
    if video_differs(stored_path(batch.records), record):
        return InvalidInput("The video is another one than was described. Lay that one beside it.")
    return None


def store_archived(batch: Import, item: ImportItem) -> StoredFile:
    with opened_video(stored_path(batch.records), item.location) as file:
        stored = store_file(file, item.name)
    if stored.sha256 != item.record["sha256"]:
        raise InvalidInput("The video is another one than was described. Lay that one beside it.")
    uid = item.record["uid"]
    others = Clip.objects.filter(project=batch.project_id, uid=uid).exclude(sha256=stored.sha256)
    if others.exists():
        raise InvalidInput("The project has another clip of this name. Use an empty project.")
    return stored


def source_of(batch: Import, item: ImportItem) -> Source:
    """The one chosen; of an archive the one of that name, made where there is none."""
    if batch.source is not None:
        return batch.source
    record = item.record
    found, _ = Source.objects.get_or_create(
        project_id=batch.project_id,
        name=record["source"],
        defaults={"kind": record["source_kind"], "licence": record["source_licence"]},
    )
    return found


def caption_of(item: ImportItem) -> CaptionBrought:
    record = item.record
    return CaptionBrought(record["uid"], record["document"], record["provenance"])
