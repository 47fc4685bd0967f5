"""`python -m ml draft`: drafts of many clips, without the platform."""

from __future__ import annotations

import argparse
from pathlib import Path

from ml.tracking.listing import ManifestRefused, list_clips


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    draft = commands.add_parser("draft", help="write drafts of clips")
    draft.add_argument("source", type=Path, help='a folder, or lines of {"video": PATH}')
    draft.add_argument(
        "--model", required=True, choices=["signals"], help="signals: rules on what was measured"
    )
    draft.add_argument("--out", type=Path, required=True, help="file for one line of JSON a clip")
    draft.add_argument(
        "--records", type=Path, help="folder of `ml track`; default: OUT with .tracks behind it"
    )
    draft.set_defaults(run=_draft)


def _draft(arguments: argparse.Namespace) -> dict[str, object]:
    """A second run goes on where the first was stopped, and tries again what failed."""
    from ml.drafting.batch import draft_clips
    from ml.drafting.from_records import writer
    from ml.drafting.lines import DraftLines, OtherDrafts
    from ml.drafting.signals import GENERATOR
    from ml.weights import WeightsUnusable

    out: Path = arguments.out
    records = arguments.records or out.with_name(f"{out.name}.tracks")
    try:
        clips = list_clips(arguments.source)
        counts = draft_clips(clips, writer(records), DraftLines(out, GENERATOR))
    except ManifestRefused as refusal:
        return {"error": "invalid_manifest", "message": str(refusal)}
    except OtherDrafts as refusal:
        return {"error": "other_drafts", "message": str(refusal)}
    except WeightsUnusable as problem:
        return {"error": problem.code, "message": str(problem)}
    return {**counts, "file": str(out)}
