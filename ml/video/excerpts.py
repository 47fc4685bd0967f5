"""A part of a film as a clip of its own, frame by frame."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import takewhile
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame

from ml.video.containers import VideoRefused
from ml.video.proxies import MUXING, mux, picture_track, sound_track
from ml.video.shown import Showing
from ml.video.sources import FILM, VideoSource, open_source

# Encoded once more where a crop is cut from it, so better than what is only shown.
QUALITY = "17"


def write_excerpt(film: Path, target: Path, start: int, stop: int) -> None:
    """
    H.264 and AAC in MP4: the frames from `start` to before `stop`, in ticks of the film's clock,
    as far apart as they are there.
    """
    with (
        open_source(film, FILM) as pictures,
        open_source(film, FILM) as sounds,
        av.open(str(target), "w", format="mp4", options=MUXING) as output,
    ):
        frames = _pictures_between(pictures, start, stop)
        tracks = [picture_track(pictures, output, frames, crf=QUALITY)]
        if sounds.sound:
            tick = pictures.time_base
            heard = _sounds_between(sounds, sounds.sound, start * tick, stop * tick)
            tracks.append(sound_track(heard, output))
        mux(tracks, output)


def _pictures_between(source: VideoSource, start: int, stop: int) -> Iterator[VideoFrame]:
    source.seek(start)
    showing = Showing(source.pixel_aspect)
    is_empty = True
    for frame in takewhile(lambda frame: (frame.pts or 0) < stop, source.frames()):
        pts = frame.pts or 0
        if pts >= start:
            shown = showing.show(frame)
            shown.pts = pts - start
            is_empty = False
            yield shown
    if is_empty:
        raise VideoRefused("no_frames", "The film has no pictures there. Look for its shots again.")


def _sounds_between(
    source: VideoSource, sound: AudioStream, start: Fraction, stop: Fraction
) -> Iterator[AudioFrame]:
    """Whole frames, some fiftieth of a second each, by when they begin."""
    source.seek(int(start / source.time_base))
    for frame in source.container.decode(sound):
        tick = frame.time_base or source.time_base
        time = (frame.pts or 0) * tick
        if time >= stop:
            return
        if time >= start:
            frame.pts = (frame.pts or 0) - int(start / tick)
            yield frame
