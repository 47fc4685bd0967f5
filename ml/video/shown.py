"""The picture as people see it: upright, cropped, in square pixels, of one size throughout."""

from __future__ import annotations

from fractions import Fraction

from av.filter import Graph
from av.video.frame import VideoFrame

from ml.video.containers import VideoRefused
from ml.video.crops import Crop

# Two quarter turns make the half turn: the flips would be two filters as well.
TURNS = {90: ["clock"], 180: ["clock", "clock"], 270: ["cclock"]}


def clockwise_rotation(frame: VideoFrame) -> int:
    """0, 90, 180 or 270. FFmpeg counts the other way; players ignore any other angle."""
    degrees = -frame.rotation % 360
    return degrees if degrees in TURNS else 0


def upright_size(frame: VideoFrame, pixel_aspect: Fraction) -> tuple[int, int]:
    """Width and height in square pixels; none that was recorded is lost."""
    width = round(frame.width * max(pixel_aspect, Fraction(1)))
    height = round(frame.height / min(pixel_aspect, Fraction(1)))
    return (height, width) if clockwise_rotation(frame) in (90, 270) else (width, height)


class Showing:
    """
    Makes the frames of one video into what is shown of them.

    Frames of another size than the first are scaled to it, as a player does. `pixel_aspect` is
    the width of a pixel over its height. The filters are kept between frames of one shape.
    """

    def __init__(self, pixel_aspect: Fraction, crop: Crop | None = None) -> None:
        self._pixel_aspect = pixel_aspect
        self._crop = crop
        self._size: tuple[int, int] | None = None
        self._graph: Graph | None = None
        self._shape: tuple[int, int, str, int] | None = None

    def measure(self, frame: VideoFrame) -> tuple[int, int]:
        """The upright size, which the first frame sets; refuses a crop that is outside of it."""
        if self._size is None:
            width, height = self._size = upright_size(frame, self._pixel_aspect)
            if self._crop and not self._crop.fits(width, height):
                raise VideoRefused(
                    "bad_crop",
                    f"The crop is not inside the picture of {width} x {height}. Draw it again.",
                )
        return self._size

    def show(self, frame: VideoFrame) -> VideoFrame:
        size = self.measure(frame)
        shape = (frame.width, frame.height, frame.format.name, clockwise_rotation(frame))
        if shape != self._shape:
            self._graph, self._shape = self._filters(frame, size), shape
        if self._graph is None:
            return frame
        self._graph.push(frame)
        shown = self._graph.vpull()
        shown.pts, shown.time_base = frame.pts, frame.time_base
        shown.duration = frame.duration
        return shown

    def _filters(self, frame: VideoFrame, size: tuple[int, int]) -> Graph | None:
        steps = [("transpose", turn) for turn in TURNS.get(clockwise_rotation(frame), [])]
        turned = upright_size(frame, Fraction(1))
        if turned != size:
            steps.append(("scale", f"{size[0]}:{size[1]}"))
        if self._crop:
            crop = self._crop
            steps.append(("crop", f"{crop.width}:{crop.height}:{crop.left}:{crop.top}:exact=1"))
        return _graph(frame, steps) if steps else None


def _graph(frame: VideoFrame, steps: list[tuple[str, str]]) -> Graph:
    graph = Graph()
    source = graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base
    )
    filters = [graph.add(name, arguments) for name, arguments in steps]
    graph.link_nodes(source, *filters, graph.add("buffersink")).configure()
    return graph
