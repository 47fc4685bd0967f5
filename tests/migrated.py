"""A migrated database that those of the tests are copied from: migrating takes ten seconds."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from config.databases import address
from config.env import ROOT

PREFIX = "migrated_"
# What the rows and tables of a fresh installation come from. Migrations that are new are applied
# to the copy as well; a change to one that was applied has to make another template.
MADE_OF = (
    "annotation/migrations/*.py",
    "annotation/instructions/*",
    "annotation/prompts/*",
    "annotation/shipping.py",
    "config/settings/base.py",
    "requirements/core.txt",
)


def template(where: dict[str, Any], folder: Path) -> str:
    """The name of the template on that server. Whoever comes first makes it, the others wait."""
    name = PREFIX + digest()
    with alone(folder), psycopg.connect(address(where | {"NAME": "postgres"})) as server:
        server.autocommit = True
        if name not in templates(server):
            make(server, where, name)
    return name


def digest() -> str:
    made_of = hashlib.sha256()
    for pattern in MADE_OF:
        for file in sorted(ROOT.glob(pattern)):
            if file.is_file():
                made_of.update(file.read_bytes())
    return made_of.hexdigest()[:12]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def templates(server: psycopg.Connection) -> list[str]:
    found = server.execute("SELECT datname FROM pg_database").fetchall()
    return [name for (name,) in found if name.startswith(PREFIX)]


def make(server: psycopg.Connection, where: dict[str, Any], name: str) -> None:
    """Gets its name last, so that one of that name is whole. Outdated ones and halves go."""
    for outdated in templates(server):
        server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(outdated)))
    unfinished = f"{PREFIX}unfinished"
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address(where | {"NAME": unfinished})},
        check=True,
    )
    renaming = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    server.execute(renaming.format(sql.Identifier(unfinished), sql.Identifier(name)))
