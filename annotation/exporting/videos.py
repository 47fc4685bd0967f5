"""Which file of a clip goes out."""

from __future__ import annotations

from pathlib import Path

from annotation.importing.preparing import stored_path
from annotation.models import Clip

from .archive import file_sha256


def shown_video(clip: Clip) -> Path:
    """What people described: the original, unless a part of the picture was cut off."""
    return stored_path(clip.playable if clip.crop else clip.original)


def original_video(clip: Clip) -> Path:
    return stored_path(clip.original)


def shown_sha256(clip: Clip) -> str:
    return file_sha256(shown_video(clip)) if clip.crop else clip.sha256
