"""Which files of a clip go out, and under which names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotation.errors import TransitionRefused
from annotation.importing.preparing import stored_path
from annotation.models import Clip

from .archive import file_sha256
from .names import original_path, video_path


@dataclass(frozen=True)
class ClipFile:
    """`name` is where the records look for it."""

    clip: Clip
    name: str
    stored_at: Path
    is_made: bool = False

    @property
    def path(self) -> Path:
        """Refuses by the clip's name: whoever exports sees no paths of the server."""
        if not self.stored_at.is_file():
            raise TransitionRefused(
                f"The video of the clip {self.clip.name} is not where it was stored. Bring the "
                "files back from a backup, or withdraw the clip, then export again."
            )
        return self.stored_at

    def sha256(self) -> str:
        return file_sha256(self.path) if self.is_made else self.clip.sha256


def shown_video(clip: Clip) -> ClipFile:
    """What people described: the original, unless a part of the picture was cut off."""
    if clip.crop:
        return ClipFile(clip, video_path(clip), stored_path(clip.playable), is_made=True)
    return ClipFile(clip, video_path(clip), stored_path(clip.original))


def original_video(clip: Clip) -> ClipFile:
    return ClipFile(clip, original_path(clip), stored_path(clip.original))


def files_of(clip: Clip, *, with_original: bool) -> Iterator[ClipFile]:
    """The original only where it is not what is shown."""
    yield shown_video(clip)
    if with_original and clip.crop:
        yield original_video(clip)
