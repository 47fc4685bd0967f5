"""Every file of an export's archive, the manifest about them last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotation.importing.preparing import stored_path
from annotation.models import Clip, ExportFormat, Split

from .archive import Archive, file_sha256
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
            archive.add_file(f"videos/{video_name(clip)}", shown_video(clip))
    manifest = chosen.manifest(dict(archive.files))
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    archive.add("manifest.json", [text.encode() + b"\n"])
    return manifest


def _video_hashes(chosen: Chosen) -> Iterator[bytes]:
    """The form that `sha256sum --check` reads, for videos that are laid beside by hand."""
    for clip in chosen.clips():
        sha256 = file_sha256(shown_video(clip)) if clip.crop else clip.sha256
        yield f"{sha256}  videos/{video_name(clip)}\n".encode()


def shown_video(clip: Clip) -> Path:
    """What people described: the original, unless a part of the picture was cut off."""
    return stored_path(clip.playable if clip.crop else clip.original)
