"""The part of the picture that a clip is about. Needs no decoder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Crop:
    """What stays of the upright picture, in its pixels."""

    left: int
    top: int
    width: int
    height: int

    @classmethod
    def parse(cls, text: str) -> Crop:
        """From `left,top,width,height`."""
        left, top, width, height = map(int, text.split(","))
        return cls(left, top, width, height)

    def fits(self, width: int, height: int) -> bool:
        return (
            min(self.left, self.top) >= 0
            and min(self.width, self.height) > 0
            and self.left + self.width <= width
            and self.top + self.height <= height
        )
