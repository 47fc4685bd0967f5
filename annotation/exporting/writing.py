"""Every file of an export's archive, the manifest about them last."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from annotation.models import ExportFormat, ExportMedia

from . import json_files
from .archive import Archive
from .choosing import Chosen
from .formats import FORMATS, Format
from .links import write_links
from .videos import ClipFile, files_of


def write_archive(archive: Archive, chosen: Chosen) -> dict[str, Any]:
    """Answers the manifest, which is also in the archive."""
    chosen.notes = archive.notes
    form = FORMATS[ExportFormat(chosen.export.format)]
    form.write(archive, chosen)
    archive.add("videos.sha256", _video_hashes(chosen, form))
    if chosen.export.media == ExportMedia.LINKS:
        write_links(archive, partial(_files, chosen, form), chosen.export.links_to)
    if chosen.export.media == ExportMedia.COPIES and not form.holds_videos:
        for file in _files(chosen, form):
            archive.add_video(file.name, file.path)
    archive.add_hashes_of_clips()
    manifest = chosen.manifest(dict(archive.files))
    archive.add("manifest.json", [json_files.document(manifest)])
    return manifest


def _files(chosen: Chosen, form: Format) -> Iterator[ClipFile]:
    for number, clip in enumerate(chosen.clips(), 1):
        chosen.on_piece("video", number)
        yield from files_of(clip, with_original=form.with_originals)


def _video_hashes(chosen: Chosen, form: Format) -> Iterator[bytes]:
    """The form that `sha256sum --check` reads, for videos that are laid beside by hand."""
    for clip in chosen.clips():
        for file in files_of(clip, with_original=form.with_originals):
            yield f"{file.sha256()}  {file.name}\n".encode()
