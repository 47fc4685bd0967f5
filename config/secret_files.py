"""Secrets an installation on one machine makes for itself, once."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from tempfile import NamedTemporaryFile

from pydantic import SecretStr


def stored_secret(path: Path, given: SecretStr | None) -> str:
    """The given secret, else the one in the file, else a new one that is put there."""
    if given is not None:
        return given.get_secret_value()
    if not path.exists():
        write_once(path, secrets.token_urlsafe(64))
    return path.read_text().strip()


def write_once(path: Path, secret: str) -> None:
    """Two starters at once end with one secret: a hard link cannot replace a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=path.name) as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            return
