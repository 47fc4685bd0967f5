"""
`python -m ml COMMAND`: work that runs in a process of its own.

Every command prints one line of JSON: its answer, or `error` with a code and a message. What
a command needs is imported when it runs, so that a probe never loads a model's libraries,
and only after the process gave up what `--limits` takes away.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from ml.confinement import Limits, confine
from ml.video.containers import VideoRefused


def main(argv: list[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    try:
        if arguments.limits:
            confine(arguments.limits)
        answer = arguments.run(arguments)
    except VideoRefused as refusal:
        answer = {"error": refusal.code, "message": refusal.message}
    except MemoryError:
        answer = {
            "error": "too_large",
            "message": "The video needs too much memory. Make it smaller.",
        }
    print(json.dumps(answer))
    return 1 if "error" in answer else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ml")
    parser.add_argument(
        "--limits", type=Limits.parse, help="what this process may use, as JSON (ml.confinement)"
    )
    commands = parser.add_subparsers(required=True)

    probe = commands.add_parser("probe", help="decode a video and print its facts")
    probe.add_argument("source", type=Path)
    probe.set_defaults(run=_probe)
    return parser


def _probe(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.video.probing import probe

    return asdict(probe(arguments.source))


if __name__ == "__main__":
    sys.exit(main())
