"""`python -m ml track`: the records of the faces of many clips, without the platform."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import replace
from pathlib import Path

from ml.faces.config import FacesConfig
from ml.tracking.listing import ManifestRefused, list_clips
from ml.tracking.settings import TrackingSettings


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    track = commands.add_parser("track", help="find and follow the faces of clips")
    track.add_argument("source", type=Path, help='a folder, or lines of {"video": PATH}')
    track.add_argument("--out", type=Path, required=True, help="folder for the records")
    track.add_argument("--render", action="store_true", help="also write videos with the tracks")
    track.add_argument(
        "--strict-paper", action="store_true", help="main faces by plain 2-means on raw features"
    )
    track.set_defaults(run=_track)


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
    failed = 0
    for clip in clips:
        line = batch.track(clip)
        failed += "error" in line
        print(json.dumps({"clip": clip.name} | line), flush=True)
    if failed:
        message = f"{failed} of {len(clips)} clips failed. Their lines say why."
        return {"error": "some_failed", "message": message}
    return {"tracked": len(clips), "folder": str(arguments.out)}
