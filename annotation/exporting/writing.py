"""Every file of an export's archive, the manifest about them last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.models import ExportFormat

from . import json_files
from .archive import Archive
from .choosing import Chosen
from .formats import FORMATS
from .names import video_path
from .videos import shown_sha256, shown_video


def write_archive(archive: Archive, chosen: Chosen) -> dict[str, Any]:
    """Answers the manifest, which is also in the archive."""
    chosen.notes = archive.notes
    form = FORMATS[ExportFormat(chosen.export.format)]
    form.write(archive, chosen)
    archive.add("videos.sha256", _video_hashes(chosen))
    if chosen.export.with_videos and not form.holds_videos:
        for number, clip in enumerate(chosen.clips(), 1):
            chosen.on_piece("video", number)
            archive.add_video(video_path(clip), shown_video(clip))
    archive.add_hashes_of_clips()
    manifest = chosen.manifest(dict(archive.files))
    archive.add("manifest.json", [json_files.document(manifest)])
    return manifest


def _video_hashes(chosen: Chosen) -> Iterator[bytes]:
    """The form that `sha256sum --check` reads, for videos that are laid beside by hand."""
    for clip in chosen.clips():
        yield f"{shown_sha256(clip)}  {video_path(clip)}\n".encode()
