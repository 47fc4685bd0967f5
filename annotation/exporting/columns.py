"""One caption as flat values, the same in every table."""

from __future__ import annotations

from typing import Any

from annotation import captions
from annotation.models import DatasetEntry

from .choosing import Chosen
from .names import video_path


def row(entry: DatasetEntry, chosen: Chosen) -> dict[str, Any]:
    clip = entry.clip
    document = captions.parse(entry.caption.document)
    texts: dict[str, Any] = {
        part: captions.render(document, chosen.mode, [part]) for part in captions.PARTS
    }
    return {
        "id": clip.uid,
        "name": clip.name,
        "video": video_path(clip),
        "split": entry.split,
        "group": entry.group,
        "source": clip.source.name,
        "source_kind": clip.source.kind,
        "emotion": clip.emotion,
        "licence": clip.licence or clip.source.licence,
        "duration_s": clip.duration_s,
        "frame_count": clip.frame_count,
        "width": clip.width,
        "height": clip.height,
        "video_sha256": clip.sha256,
        "caption_sha256": entry.caption.sha256,
        "caption": entry.text,
        **texts,
    }
