"""Single pictures of a video: any frame by its index, and the poster."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from ml.video.containers import VideoRefused
from ml.video.crops import Crop
from ml.video.shown import Showing
from ml.video.sources import open_source

# Above this the file grows and no eye sees the difference in a face.
JPEG_QUALITY = 90
POSTER_SIDE = 640


def write_frame(source: Path, index: int, target: Path, crop: Crop | None = None) -> None:
    _frame_image(source, index, crop).save(target, format="JPEG", quality=JPEG_QUALITY)


def write_poster(source: Path, target: Path, crop: Crop | None = None) -> None:
    """The first frame, because a player that starts there must not flash another picture."""
    image = _frame_image(source, 0, crop)
    image.thumbnail((POSTER_SIDE, POSTER_SIDE))
    image.save(target, format="JPEG", quality=JPEG_QUALITY)


def _frame_image(path: Path, index: int, crop: Crop | None) -> Image.Image:
    """Decodes from the start: only counting the presented frames makes an index exact."""
    with open_source(path) as source:
        showing = Showing(source.pixel_aspect, crop)
        for position, frame in enumerate(source.frames()):
            if position == 0:
                showing.measure(frame)
            if position == index:
                image: Image.Image = showing.show(frame).to_image()  # type: ignore[no-untyped-call]
                return image
    raise VideoRefused("no_such_frame", f"The video has no frame {index}. Choose an earlier one.")
