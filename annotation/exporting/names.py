"""File names that are safe below any folder of any system, whatever a clip was called."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from annotation.models import Clip

# With the uid and the suffix far below the 255 bytes that file systems take.
LONGEST_STEM = 80
UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


def video_name(clip: Clip) -> str:
    """
    Unique by the uid at its end, which also keeps a reserved name such as CON from standing
    alone. The same for the same clip at every export.
    """
    # What is cropped was encoded anew.
    return f"{stem(clip)}{'.mp4' if clip.crop else _suffix(clip.name)}"


def stem(clip: Clip) -> str:
    return f"{safe_stem(clip.name)}-{clip.uid}"


def video_path(clip: Clip) -> str:
    """Where the video lies, or is to be laid, within what is exported."""
    return f"videos/{video_name(clip)}"


def original_path(clip: Clip) -> str:
    """Of a cropped clip: the whole picture, from which its video is made anew."""
    return f"originals/{stem(clip)}{_suffix(clip.name)}"


def safe_stem(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.removesuffix(PurePosixPath(name).suffix))
    ascii_only = plain.encode("ascii", "ignore").decode()
    return UNSAFE.sub("-", ascii_only)[:LONGEST_STEM].strip("-") or "clip"


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if SUFFIX.fullmatch(suffix) else ".mp4"
