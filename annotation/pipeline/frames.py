"""A clip's pictures, decoded by a bounded child: this process never opens a stranger's video."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from annotation.importing.preparing import stored_path
from annotation.media import MIB, ChildLimits, UnusableMedia, child_output
from annotation.models import Clip
from ml.video.containers import VideoRefused
from ml.video.streaming import SampledFrame, StreamHeader, read_stream

# The child waits while the networks work, so only its own time is short.
DECODING = ChildLimits(address_space=2048 * MIB, cpu_s=1200, wall_s=4 * 3600)


@contextmanager
def sampled_frames(clip: Clip) -> Iterator[tuple[StreamHeader, Iterator[SampledFrame]]]:
    """Sixteen a second of what is shown. Raises UnusableMedia with the child's reason."""
    command = ["frames", str(stored_path(clip.original).resolve())]
    if clip.crop:
        command += ["--crop", ",".join(map(str, clip.crop))]
    try:
        with child_output(command, DECODING) as pipe:
            yield read_stream(pipe)
    except VideoRefused as refusal:
        raise UnusableMedia(refusal.code, refusal.message) from refusal
