"""`python -m ml draft`: drafts of many clips, without the platform."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ml.tracking.listing import ManifestRefused, list_clips

if TYPE_CHECKING:
    from ml.drafting.batch import Write

SIGNALS = "signals"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    draft = commands.add_parser("draft", help="write drafts of clips")
    draft.add_argument("source", type=Path, help='a folder, or lines of {"video": PATH}')
    draft.add_argument(
        "--model",
        required=True,
        help="signals: rules on what was measured; or the folder of a FaceTrack-MM; or mini",
    )
    draft.add_argument("--adapter", type=Path, help="folder of what was trained on top of a model")
    draft.add_argument(
        "--batch", type=int, default=16, help="most clips that a model takes at a time"
    )
    draft.add_argument(
        "--four-bits", action="store_true", help="a model's words in a quarter of the memory"
    )
    draft.add_argument("--out", type=Path, required=True, help="file for one line of JSON a clip")
    draft.add_argument(
        "--records", type=Path, help="folder of `ml track`; default: OUT with .tracks behind it"
    )
    draft.set_defaults(run=_draft)


def _draft(arguments: argparse.Namespace) -> dict[str, object]:
    """A second run goes on where the first was stopped, and tries again what failed."""
    from ml.drafting.batch import draft_clips
    from ml.drafting.lines import DraftLines, OtherDrafts
    from ml.facetrack_mm.tensors import CheckpointRefused
    from ml.weights import WeightsUnusable

    out: Path = arguments.out
    records = arguments.records or out.with_name(f"{out.name}.tracks")
    try:
        clips = list_clips(arguments.source)
        generator, write = _writer(arguments, records)
        counts = draft_clips(clips, write, DraftLines(out, generator))
    except ManifestRefused as refusal:
        return {"error": "invalid_manifest", "message": str(refusal)}
    except OtherDrafts as refusal:
        return {"error": "other_drafts", "message": str(refusal)}
    except CheckpointRefused as refusal:
        return {"error": "unusable_model", "message": str(refusal)}
    except WeightsUnusable as problem:
        return {"error": problem.code, "message": str(problem)}
    return {**counts, "file": str(out)}


def _writer(arguments: argparse.Namespace, records: Path) -> tuple[str, Write]:
    """What the drafts are called, and what writes them."""
    if arguments.model == SIGNALS:
        from ml.drafting.from_records import writer
        from ml.drafting.signals import GENERATOR

        return GENERATOR, writer(records)
    from ml.facetrack_mm import folders
    from ml.facetrack_mm.loading import Serving, load_drafter

    serving = Serving(batch=arguments.batch, in_four_bits=arguments.four_bits)
    drafter = load_drafter(arguments.model, arguments.adapter, serving)
    names = [Path(arguments.model).name, *([arguments.adapter.name] if arguments.adapter else [])]
    return f"facetrack-mm {' + '.join(names)}", folders.writer(drafter, records)
