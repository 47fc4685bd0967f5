"""What is known of a video after all of it was decoded."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class MediaFacts:
    """
    `pts` holds the time of every presented frame in units of `time_base` seconds, increasing;
    a frame's index is its place there. Width and height are of the picture as shown, after a
    turn of `rotation` degrees clockwise.
    """

    duration_s: float
    width: int
    height: int
    rotation: int
    frame_count: int
    average_rate: Fraction
    time_base: Fraction
    pts: tuple[int, ...]
    start_pts: int
    video_codec: str
    pixel_format: str
    container: str
    has_audio: bool
    audio_codec: str | None
    is_browser_playable: bool

    @classmethod
    def parse(cls, answer: dict[str, Any]) -> MediaFacts:
        values = {field.name: answer[field.name] for field in fields(cls)}
        values["average_rate"] = Fraction(*answer["average_rate"])
        values["time_base"] = Fraction(*answer["time_base"])
        values["pts"] = tuple(answer["pts"])
        return cls(**values)

    def times(self) -> list[Fraction]:
        """Seconds, exact, so that tables in different units compare."""
        return [pts * self.time_base for pts in self.pts]
