"""Every file of an export's archive, the manifest about them last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from annotation.importing.preparing import stored_path
from annotation.models import ExportFormat, Split

from .archive import Archive
from .choosing import Chosen
from .formats import FORMATS
from .names import video_name


def write_archive(archive: Archive, chosen: Chosen) -> dict[str, Any]:
    """Answers the manifest, which is also in the archive."""
    export = chosen.export
    form = FORMATS[ExportFormat(export.format)]
    for split in Split:
        archive.add(f"{split}.{form.suffix}", form.write(chosen.of_split(split), export))
    archive.add("videos.sha256", _video_hashes(chosen))
    if export.with_videos:
        for clip in chosen.clips():
            archive.add_file(f"videos/{video_name(clip)}", stored_path(clip.original))
    manifest = chosen.manifest(dict(archive.files))
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    archive.add("manifest.json", [text.encode() + b"\n"])
    return manifest


def _video_hashes(chosen: Chosen) -> Iterator[bytes]:
    """The form that `sha256sum --check` reads, for videos that are laid beside by hand."""
    for clip in chosen.clips():
        yield f"{clip.sha256}  videos/{video_name(clip)}\n".encode()
