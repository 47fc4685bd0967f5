"""PostgreSQL refuses to run as root. Root therefore starts it as somebody else."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Identity:
    # What comes before a command to run it as this identity.
    prefix: tuple[str, ...] = ()
    # Whose files they are; None leaves them with the starter.
    owner: tuple[int, int] | None = None


def somebody() -> pwd.struct_passwd:
    """An account that exists: initdb looks its own one up."""
    return next(entry for entry in pwd.getpwall() if entry.pw_uid)


def namespace() -> tuple[str, ...]:
    """Root seen as somebody else, from inside only: no account, owner or permission changes."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    user = somebody()
    return (unshare, "--user", f"--map-user={user.pw_uid}", f"--map-group={user.pw_gid}")


def reaches(prefix: tuple[str, ...], *paths: Path) -> bool:
    """Outside the namespace such a process is root without root's powers over others' files."""
    if not prefix:
        return False
    tests = [["test", "-x", str(path)] for path in paths]
    return all(
        subprocess.run([*prefix, *test], capture_output=True, check=False).returncode == 0  # noqa: S603
        for test in tests
    )


def choose_identity(*paths: Path) -> Identity:
    if os.geteuid() != 0:
        return Identity()
    if reaches(prefix := namespace(), *paths):
        return Identity(prefix=prefix)
    user = somebody()
    return Identity(owner=(user.pw_uid, user.pw_gid))
