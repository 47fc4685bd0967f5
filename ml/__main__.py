"""
`python -m ml COMMAND`: work that runs in a process of its own.

Every command prints one line of JSON: its answer, or `error` with a code and a message. What
a command needs is imported when it runs, so that a probe never loads a model's libraries,
and only after the process gave up what `--limits` takes away.
"""

from __future__ import annotations

import argparse
import errno
import json
import sys
from pathlib import Path

from ml.confinement import Limits, confine
from ml.drafting import commands as drafting
from ml.evaluation import commands as evaluation
from ml.facetrack_mm import commands as facetrack_mm
from ml.packages import FetchRefused, Unfetchable
from ml.tracking import commands as tracking
from ml.training import commands as training
from ml.video import commands as video
from ml.video.containers import VideoRefused


def main(argv: list[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    try:
        if arguments.limits:
            confine(arguments.limits)
        answer = arguments.run(arguments)
    except VideoRefused as refusal:
        answer = _refuse(refusal.code, refusal.message)
    except FetchRefused as refusal:
        answer = _refuse(refusal.code, str(refusal))
    except MemoryError:
        answer = _refuse("too_large", "The video needs too much memory. Make it smaller.")
    except OSError as error:
        answer = _refuse_file(error)
    print(json.dumps(answer))
    return 1 if "error" in answer else 0


def _refuse(code: str, message: str) -> dict[str, str]:
    return {"error": code, "message": message}


def _refuse_file(error: OSError) -> dict[str, str]:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _refuse("storage_full", "The disk is full. Free some space and try again.")
    return _refuse("unreadable", f"The file cannot be used: {error.strerror or error}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ml")
    parser.add_argument(
        "--limits", type=Limits.parse, help="what this process may use, as JSON (ml.confinement)"
    )
    commands = parser.add_subparsers(required=True)

    video.add_commands(commands)
    tracking.add_commands(commands)
    drafting.add_commands(commands)
    evaluation.add_commands(commands)
    facetrack_mm.add_commands(commands)
    training.add_commands(commands)

    models = commands.add_parser("fetch-models", help="bring the networks' weights")
    models.add_argument("--folder", type=Path, help="default: $MODELS_DIR, else var/models")
    models.add_argument(
        "--with", action="append", default=[], dest="options", choices=["dlib", "smollm2"]
    )
    models.add_argument(
        "--or-warn", action="store_true", help="succeed with a warning where there is no network"
    )
    models.set_defaults(run=_fetch_models)
    return parser


def _fetch_models(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.weights import fetch_models, models_folder

    folder = arguments.folder or models_folder()
    try:
        written = fetch_models(folder, arguments.options)
    except Unfetchable as problem:
        if not arguments.or_warn:
            raise
        print(
            f"Not all networks could be fetched. {problem} Clips get no tracks without the face "
            "networks, and captions are compared by words alone without that of sentences, "
            "until `python -m ml fetch-models` succeeds; all else works.",
            file=sys.stderr,
        )
        written = []
    return {"folder": str(folder), "written": [path.name for path in written]}


if __name__ == "__main__":
    sys.exit(main())
