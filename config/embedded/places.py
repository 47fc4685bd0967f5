"""Where the embedded servers keep what they keep."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

SHARED = Path("/var/tmp")  # noqa: S108 -- the folder below it is private and checked


@dataclass(frozen=True)
class Places:
    data: Path
    # Short and without spaces whatever the project's path: a socket's name has about a
    # hundred bytes.
    near: Path

    @classmethod
    def of(cls, data_dir: Path) -> Places:
        name = hashlib.sha256(f"{data_dir}:{os.getuid()}".encode()).hexdigest()[:12]
        return cls(data_dir, SHARED / f"countenance-{name}")

    @property
    def sockets(self) -> Path:
        return self.near / "run"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def logs(self) -> Path:
        return self.data / "log"

    @property
    def locks(self) -> Path:
        return self.data / "run"

    def make(self) -> None:
        for folder in (self.data, self.logs, self.locks, self.near, self.sockets):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Anybody may write to the shared folder; a stranger's folder of our name is no place
        # for a database without a password.
        if self.near.is_symlink() or self.near.stat().st_uid != os.getuid():
            raise SystemExit(
                f"{self.near} belongs to somebody else. Remove it, or set DATA_DIR to another "
                "folder."
            )
