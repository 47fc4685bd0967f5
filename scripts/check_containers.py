"""Checks docker-compose.yml strictly against the Compose specification, and the Dockerfile."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import yaml
from compose_spec import PyCompose

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILES = sorted((ROOT / "docker").glob("Dockerfile*"))


def interpolated(text: str) -> str:
    """A variable's default, or its own name where it has none."""
    return re.sub(r"\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}", lambda found: found[2] or found[1], text)


def main() -> None:
    # Merge keys and variables are resolved first; the specification is about what comes out.
    PyCompose.from_json(json.dumps(yaml.safe_load(interpolated(COMPOSE.read_text()))))
    linter = Path(sys.executable).parent / "hadolint"
    sys.exit(subprocess.run([linter, *DOCKERFILES], check=False).returncode)  # noqa: S603


if __name__ == "__main__":
    main()
