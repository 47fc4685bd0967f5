"""The commands of `python -m ml` that decode: probe, proxy, frame, poster, excerpt, crop…"""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from ml.video.crops import Crop

CROP_HELP = "left,top,width,height of what to keep of the upright picture"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    probe = commands.add_parser("probe", help="decode a video and print its facts")
    probe.add_argument("source", type=Path)
    probe.set_defaults(run=_probe)

    proxy = commands.add_parser("proxy", help="write a copy that browsers play")
    _add_picture_arguments(proxy, _proxy)

    frame = commands.add_parser("frame", help="write one frame as JPEG, by its index")
    frame.add_argument("--index", type=int, required=True)
    _add_picture_arguments(frame, _frame)

    poster = commands.add_parser("poster", help="write the first frame as a small JPEG")
    _add_picture_arguments(poster, _poster)

    excerpt = commands.add_parser("excerpt", help="write a part of a film as a clip")
    excerpt.add_argument("source", type=Path)
    excerpt.add_argument("target", type=Path)
    excerpt.add_argument("--start", type=int, required=True, help="in ticks of the film's clock")
    excerpt.add_argument("--stop", type=int, required=True, help="the first tick after it")
    excerpt.set_defaults(run=_excerpt)

    crop = commands.add_parser("crop", help="propose what to cut off: bars, subtitles, logos")
    crop.add_argument("source", type=Path)
    crop.set_defaults(run=_propose_crop)

    frames = commands.add_parser("frames", help="write a header and frames to the output")
    frames.add_argument("source", type=Path)
    frames.add_argument("--crop", type=Crop.parse, help=CROP_HELP)
    frames.add_argument("--rate", type=int, default=16, help="a second; 0 for all frames")
    frames.add_argument("--long-side", type=int, default=1280, help="the most, in pixels")
    frames.set_defaults(run=_frames)


def _add_picture_arguments(parser: argparse.ArgumentParser, run: object) -> None:
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--crop", type=Crop.parse, help=CROP_HELP)
    parser.set_defaults(run=run)


def _probe(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.video.probing import probe

    return asdict(probe(arguments.source))


def _proxy(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.video.proxies import write_proxy

    write_proxy(arguments.source, arguments.target, arguments.crop)
    return {"written": str(arguments.target)}


def _frame(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.video.stills import write_frame

    write_frame(arguments.source, arguments.index, arguments.target, arguments.crop)
    return {"written": str(arguments.target)}


def _poster(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.video.stills import write_poster

    write_poster(arguments.source, arguments.target, arguments.crop)
    return {"written": str(arguments.target)}


def _excerpt(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.video.excerpts import write_excerpt

    write_excerpt(arguments.source, arguments.target, arguments.start, arguments.stop)
    return {"written": str(arguments.target)}


def _propose_crop(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.video.cropping import propose_crop
    from ml.video.streaming import read_header, stream_frames

    proposal = propose_crop(read_header(arguments.source), stream_frames(arguments.source))
    return asdict(proposal) if proposal else {"crop": None}


def _frames(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.video.streaming import write_stream

    pipe = sys.stdout.buffer
    sent = write_stream(
        arguments.source,
        pipe,
        rate=arguments.rate or None,
        long_side=arguments.long_side,
        crop=arguments.crop,
    )
    pipe.flush()
    return {"frames": sent}
