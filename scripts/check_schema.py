"""Compares docs/openapi.yaml, and the front end's types made of it, with the code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "docs" / "openapi.yaml"
TYPES = ROOT / "frontend" / "src" / "api" / "schema.d.ts"


def main() -> None:
    with TemporaryDirectory() as folder:
        schema, types = Path(folder, "openapi.yaml"), Path(folder, "schema.d.ts")
        run(
            sys.executable,
            "manage.py",
            "spectacular",
            "--validate",
            "--fail-on-warn",
            "--file",
            schema,
        )
        run("npx", "--prefix", ROOT / "frontend", "openapi-typescript", schema, "--output", types)
        for committed, made in ((SCHEMA, schema), (TYPES, types)):
            if not committed.exists() or committed.read_text() != made.read_text():
                sys.exit(f"{committed.relative_to(ROOT)} is not what the code says: make schema")


def run(*command: str | Path) -> None:
    subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603


if __name__ == "__main__":
    main()
