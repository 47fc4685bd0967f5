"""When the frames of a file are shown, as its packets say; nothing is decoded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from ml.video.sources import open_source

# A seek to the middle of a frame fails where the frame before it is half as long as the average;
# a steady 240 frames a second are 4 or 5 milliseconds apart in WebM, which counts in those.
MOST_UNEVEN = 1.25


def announced_times(path: Path) -> list[int]:
    """In units of the time base, ascending. A damaged file may not keep its word."""
    with open_source(path) as source:
        packets = source.container.demux(source.video)
        times = {packet.pts or 0 for packet in packets if packet.size and not packet.is_discard}
    return sorted(times)


def is_even(times: Sequence[int]) -> bool:
    """
    Whether browsers step through the frames exactly, wherever the key frames are.

    After a seek they decode from the key frame on, and show the first frame that would reach the
    wanted time if it stayed for as long as frames do on average.
    """
    gaps = [later - earlier for earlier, later in pairwise(times)]
    return not gaps or max(gaps) <= MOST_UNEVEN * min(gaps)
