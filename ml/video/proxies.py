"""A copy that every browser plays and steps through quickly, on the original's clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from heapq import merge
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from ml.video.crops import Crop
from ml.video.shown import Showing
from ml.video.sources import VideoSource, open_source
from ml.video.timing import announced_times, is_even

ENCODING = {
    "preset": "veryfast",
    "crf": "20",  # fine muscle movement is the subject, so well above what streaming uses
    "bf": "0",  # without reordering, decoding order is presentation order
}
# The muxer multiplies coarse clocks such as WebM's milliseconds, so no time is rounded; browsers
# seek in units of the clock, and would round the middle of a short frame to its end.
MUXING = {"movflags": "+faststart"}
KEY_FRAME_EVERY = 12  # a step back decodes as many at most
ENCODER_THREADS = 2
AUDIO_RATE = 48_000
# In quotes, because packets have a type argument in PyAV's stubs only.
MediaPacket: TypeAlias = "Packet[VideoStream] | Packet[AudioStream]"


def write_proxy(path: Path, target: Path, crop: Crop | None = None) -> None:
    """
    H.264 and AAC in MP4, upright, cropped, with even sides, each frame at its original time.
    Where the frames come unevenly every one is a key frame, so that a seek needs no other.

    The file is read twice at once, for picture and for sound; their packets meet by time.
    """
    with (
        open_source(path) as pictures,
        open_source(path) as sounds,
        av.open(str(target), "w", format="mp4", options=MUXING) as output,
    ):
        showing = Showing(pictures.pixel_aspect, crop)
        key_frame_every = KEY_FRAME_EVERY if is_even(announced_times(path)) else 1
        frames = (showing.show(frame) for frame in pictures.frames())
        tracks = [picture_track(pictures, output, frames, key_frame_every)]
        if sounds.sound:
            tracks.append(_sound_track(sounds, sounds.sound, output))
        mux(tracks, output)


def mux(tracks: Iterable[Iterator[MediaPacket]], output: OutputContainer) -> None:
    for packet in merge(*tracks, key=_decoding_time):
        output.mux(packet)


def _decoding_time(packet: MediaPacket) -> Fraction:
    return (packet.dts or 0) * packet.time_base


def picture_track(
    source: VideoSource,
    output: OutputContainer,
    frames: Iterator[VideoFrame],
    key_frame_every: int = KEY_FRAME_EVERY,
    **encoding: str,
) -> Iterator[MediaPacket]:
    """Of frames that were shown already; `encoding` says otherwise than ENCODING."""
    first = next(frames)
    stream = _add_picture(source, output, first, ENCODING | encoding)
    stream.codec_context.gop_size = key_frame_every
    return _encode_pictures(chain([first], frames), stream)


def _add_picture(
    source: VideoSource, output: OutputContainer, first: VideoFrame, options: dict[str, str]
) -> VideoStream:
    rate = source.video.average_rate or Fraction(25)
    stream = output.add_stream("libx264", rate=rate, options=options)
    stream.pix_fmt = "yuv420p"
    # Colour is stored at half size both ways, so an odd side gains one pixel.
    stream.width = first.width + first.width % 2
    stream.height = first.height + first.height % 2
    context, original = stream.codec_context, source.video.codec_context
    context.time_base = stream.time_base = source.time_base
    context.thread_count = ENCODER_THREADS
    context.colorspace = original.colorspace
    context.color_primaries = original.color_primaries
    context.color_trc = original.color_trc
    return stream


def _encode_pictures(frames: Iterator[VideoFrame], stream: VideoStream) -> Iterator[MediaPacket]:
    for frame in frames:
        shown = frame.reformat(stream.width, stream.height, "yuv420p", dst_color_range="MPEG")
        shown.pts, shown.time_base, shown.duration = frame.pts, frame.time_base, frame.duration
        # The original's key frames would otherwise be forced on the encoder.
        shown.pict_type = PictureType.NONE
        yield from stream.encode(shown)
    yield from stream.encode(None)


def _sound_track(
    source: VideoSource, audio: AudioStream, output: OutputContainer
) -> Iterator[MediaPacket]:
    if audio.codec_context.codec.canonical_name == "aac":
        return _copy_sound(source, audio, output.add_stream_from_template(audio))
    return sound_track(source.container.decode(audio), output)


def _copy_sound(
    source: VideoSource, audio: AudioStream, stream: AudioStream
) -> Iterator[MediaPacket]:
    for packet in source.container.demux(audio):
        if packet.dts is not None:  # the last one is empty and only flushes decoders
            packet.stream = stream
            yield packet


def sound_track(frames: Iterable[AudioFrame], output: OutputContainer) -> Iterator[MediaPacket]:
    return _encode_sound(frames, output.add_stream("aac", rate=AUDIO_RATE))


def _encode_sound(frames: Iterable[AudioFrame], stream: AudioStream) -> Iterator[MediaPacket]:
    resampler = AudioResampler(format="fltp", layout="stereo", rate=AUDIO_RATE)
    for frame in frames:
        for part in resampler.resample(frame):
            yield from stream.encode(part)
    for part in resampler.resample(None):
        yield from stream.encode(part)
    yield from stream.encode(None)
