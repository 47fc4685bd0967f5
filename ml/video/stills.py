"""Single pictures of a video: any frame by its index, and the poster."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from ml.video.containers import VideoRefused
from ml.video.rotation import Upright
from ml.video.sources import open_source

# Above this the file grows and no eye sees the difference in a face.
JPEG_QUALITY = 90
POSTER_SIDE = 640


def write_frame(source: Path, index: int, target: Path) -> None:
    _frame_image(source, index).save(target, format="JPEG", quality=JPEG_QUALITY)


def write_poster(source: Path, target: Path) -> None:
    """The first frame, because a player that starts there must not flash another picture."""
    image = _frame_image(source, 0)
    image.thumbnail((POSTER_SIDE, POSTER_SIDE))
    image.save(target, format="JPEG", quality=JPEG_QUALITY)


def _frame_image(path: Path, index: int) -> Image.Image:
    """Decodes from the start: only counting the presented frames makes an index exact."""
    with open_source(path) as source:
        for position, frame in enumerate(source.frames()):
            if position == index:
                upright = Upright().turn(frame)
                image: Image.Image = upright.to_image()  # type: ignore[no-untyped-call]
                return image
    raise VideoRefused("no_such_frame", f"The video has no frame {index}. Choose an earlier one.")
