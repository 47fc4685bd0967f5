"""
`python -m ml track`: the records of the faces of many clips, without the platform. `cut` makes the
clips of a film, of those with a face; `shots` only says where they would be.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ml.faces.config import FacesConfig
from ml.tracking.listing import ManifestRefused, list_clips
from ml.tracking.settings import TrackingSettings

if TYPE_CHECKING:
    from ml.tracking.films import Lengths

Lines = Iterable[dict[str, object]]


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    track = commands.add_parser("track", help="find and follow the faces of clips")
    track.add_argument("source", type=Path, help='a folder, or lines of {"video": PATH}')
    track.add_argument("--out", type=Path, required=True, help="folder for the records")
    track.add_argument("--render", action="store_true", help="also write videos with the tracks")
    track.add_argument(
        "--strict-paper", action="store_true", help="main faces by plain 2-means on raw features"
    )
    track.set_defaults(run=_track)

    cut = commands.add_parser("cut", help="cut a film into clips of one shot with a face")
    cut.add_argument("film", type=Path)
    cut.add_argument("--out", type=Path, required=True, help="folder for the clips")
    _add_lengths(cut)
    cut.set_defaults(run=_cut)

    shots = commands.add_parser("shots", help="find the parts of a film that could be clips")
    shots.add_argument("film", type=Path)
    _add_lengths(shots)
    shots.set_defaults(run=_shots)


def _add_lengths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--least", type=float, default=2.0, help="seconds of a shot, usually 2")
    parser.add_argument("--most", type=float, default=20.0, help="seconds of a clip, usually 20")


def _lengths(arguments: argparse.Namespace) -> Lengths:
    from ml.tracking.films import Lengths

    return Lengths(arguments.least, arguments.most)


def _track(arguments: argparse.Namespace) -> dict[str, object]:
    """Prints a line for each clip; one that fails does not stop the others."""
    from ml.faces.loading import load_faces
    from ml.tracking.batch import Batch
    from ml.weights import WeightsUnusable

    try:
        clips = list_clips(arguments.source)
        config = FacesConfig.from_environment(os.environ)
        models = load_faces(config)
    except ManifestRefused as refusal:
        return {"error": "invalid_manifest", "message": str(refusal)}
    except WeightsUnusable as problem:
        return {"error": problem.code, "message": str(problem)}
    usual = TrackingSettings.for_embedder(config.embedder)
    settings = replace(usual, strict_paper=arguments.strict_paper)
    batch = Batch(arguments.out, models, settings, is_rendered=arguments.render)
    failed = _print_lines({"clip": clip.name} | batch.track(clip) for clip in clips)
    if failed:
        message = f"{failed} of {len(clips)} clips failed. Their lines say why."
        return {"error": "some_failed", "message": message}
    return {"tracked": len(clips), "folder": str(arguments.out)}


def _print_lines(lines: Lines) -> int:
    """Each as soon as it is there; answers how many tell of an error."""
    failed = 0
    for line in lines:
        failed += "error" in line
        print(json.dumps(line), flush=True)
    return failed


def _cut(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.faces.loading import load_faces
    from ml.tracking.cutting import FilmCutter
    from ml.weights import WeightsUnusable

    try:
        config = FacesConfig.from_environment(os.environ)
        models = load_faces(config)
    except WeightsUnusable as problem:
        return {"error": problem.code, "message": str(problem)}
    settings = TrackingSettings.for_embedder(config.embedder)
    cutter = FilmCutter(arguments.film, arguments.out, models, settings, _lengths(arguments))
    _print_lines(cutter.cut())
    return {"clips": cutter.kept, "manifest": str(cutter.manifest)}


def _shots(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.tracking.films import find_excerpts

    found = find_excerpts(arguments.film, _lengths(arguments))
    return {"excerpts": [asdict(excerpt) for excerpt in found]}
