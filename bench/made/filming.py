"""A made clip as a file of H.264, as a camera would have left it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from bench.made.clips import SECONDS, MadeClip, Shot
from bench.made.drawing import draw
from bench.made.puppets import Puppet
from bench.made.surface import Points
from ml.faces.records import Picture

WIDTH, HEIGHT = 320, 240
# As many frames a second as tracking looks at.
RATE = 16


def film(clip: MadeClip, puppet: Puppet, target: Path) -> None:
    """The file has its name only once all of it is there."""
    if target.exists():
        return
    partial = target.with_suffix(".part")
    with av.open(partial, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"threads": "1"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for picture in frames(clip, puppet):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    partial.replace(target)


def frames(clip: MadeClip, puppet: Puppet) -> Iterator[Picture]:
    camera = camera_of(clip.shot, puppet.still.points)
    grain = np.random.default_rng(list(clip.name.encode()))
    for number in range(round(SECONDS * RATE)):
        drawn = draw(puppet, clip.strengths(number / RATE), camera, WIDTH, HEIGHT)
        noise = grain.normal(0, clip.shot.noise, drawn.shape)
        yield np.clip(clip.shot.light * drawn + noise, 0, 255).astype(np.uint8)


def camera_of(shot: Shot, face: Points) -> Points:
    """The transform (2, 3) of a still's pixels to the picture's."""
    top, bottom = face[:, :2].min(axis=0), face[:, :2].max(axis=0)
    scale = shot.height * HEIGHT / (bottom - top)[1]
    place = np.array([WIDTH / 2 + shot.aside * HEIGHT, HEIGHT / 2 + shot.below * HEIGHT])
    shift = place - scale * (top + bottom) / 2
    return np.concatenate([scale * np.eye(2), shift[:, None]], axis=1)
