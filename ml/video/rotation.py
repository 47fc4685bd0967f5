"""Turning frames upright, as the display matrix of a phone's recording asks."""

from __future__ import annotations

from av.filter import Graph
from av.video.frame import VideoFrame

# Two quarter turns make the half turn: the flips would be two filters as well.
TURNS = {90: ["clock"], 180: ["clock", "clock"], 270: ["cclock"]}


def clockwise_rotation(frame: VideoFrame) -> int:
    """0, 90, 180 or 270. FFmpeg counts the other way; players ignore any other angle."""
    degrees = -frame.rotation % 360
    return degrees if degrees in TURNS else 0


class Upright:
    """Turns the frames of one video; keeps the filters between frames of one shape."""

    def __init__(self) -> None:
        self._graph: Graph | None = None
        self._shape: tuple[int, int, str, int] | None = None

    def turn(self, frame: VideoFrame) -> VideoFrame:
        rotation = clockwise_rotation(frame)
        if rotation == 0:
            return frame
        shape = (frame.width, frame.height, frame.format.name, rotation)
        if self._graph is None or shape != self._shape:
            self._graph, self._shape = _turning_graph(frame, rotation), shape
        self._graph.push(frame)
        turned = self._graph.vpull()
        turned.pts, turned.time_base = frame.pts, frame.time_base
        return turned


def _turning_graph(frame: VideoFrame, rotation: int) -> Graph:
    graph = Graph()
    source = graph.add_buffer(
        width=frame.width,
        height=frame.height,
        format=frame.format,
        time_base=frame.time_base,
    )
    turns = [graph.add("transpose", direction) for direction in TURNS[rotation]]
    graph.link_nodes(source, *turns, graph.add("buffersink")).configure()
    return graph
