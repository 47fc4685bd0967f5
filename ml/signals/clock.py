"""Which of the clip's frames the sampled ones are, and when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Clock:
    """`starts` are the positions in `frames` where a shot begins after a cut, in order."""

    frames: Sequence[int]
    times: Sequence[float]
    starts: Sequence[int]
    frame_count: int

    def after(self, position: int) -> int:
        """The clip's frame that follows all those for which this position stands."""
        return self.frames[position + 1] if position + 1 < len(self.frames) else self.frame_count

    def seconds(self, first: int, last: int) -> float:
        """How long the pictures from one position to another, itself included, are shown."""
        if last + 1 < len(self.times):
            return self.times[last + 1] - self.times[first]
        return self.duration_s - self.times[first]

    @property
    def duration_s(self) -> float:
        """The clip's frames, as evenly as those up to the last sampled one."""
        if not self.frames or self.frames[-1] == 0:
            return 0.0
        return self.times[-1] * self.frame_count / self.frames[-1]

    def in_one_shot(self, one: int, later: int) -> bool:
        return bisect_right(self.starts, one) == bisect_right(self.starts, later)
