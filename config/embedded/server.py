"""One embedded server for any number of starters, and what it takes to start and stop it."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .places import Places

# Seconds. A server that was killed first replays its log, which may take a while.
START_LIMIT = 90.0
STOP_LIMIT = 30.0
LEAST_ROOM = 200 * 1024 * 1024


class EmbeddedServer(ABC):
    name: str
    # What it says as it ends, where it only has to be started again.
    passing_refusal: str | None = None

    def __init__(self, places: Places, binary: Path | None) -> None:
        self.places = places
        self.given_binary = binary
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.places.logs / f"{self.name}.log"

    @property
    @abstractmethod
    def pid_file(self) -> Path: ...

    @property
    @abstractmethod
    def mark(self) -> str:
        """What stands in the command line of this installation's server and of no other's."""

    @abstractmethod
    def answers(self) -> bool: ...

    @abstractmethod
    def prepare(self) -> None: ...

    @abstractmethod
    def spawn(self) -> subprocess.Popen[bytes]: ...

    def process(self) -> int | None:
        """The running server's id; a file left behind may name a stranger by now."""
        try:
            pid = int(self.pid_file.read_text().split()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            return None
        return pid if self.mark.encode() in command else None

    def clear_stale_files(self) -> None:
        self.pid_file.unlink(missing_ok=True)

    def ensure(self) -> None:
        """Start it, or adopt the one that runs: another starter's, or a killed starter's."""
        if self.answers():
            return
        if self.process() is None:
            require_room(self.places.data)
            self.clear_stale_files()
            self.prepare()
            self.child = self.spawn()
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_LIMIT
        while not self.answers():
            ended = self.child is not None and self.child.poll() is not None
            if ended and self.passing_refusal and self.passing_refusal in tail(self.log, 2):
                self.child, ended = self.spawn(), False
            if ended or time.monotonic() > deadline:
                raise SystemExit(
                    f"The embedded {self.name} server did not start. Its last words, from "
                    f"{self.log}:\n{tail(self.log)}"
                )
            time.sleep(0.05)

    def stop(self) -> None:
        pid = self.process()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + STOP_LIMIT
        while self.process() is not None and time.monotonic() < deadline:
            if self.child is not None:
                self.child.poll()
            time.sleep(0.02)

    def launch(
        self, command: list[str], folder: Path, owner: tuple[int, int] | None = None
    ) -> subprocess.Popen[bytes]:
        """In a session of its own, so that a terminal's Ctrl+C reaches the starter only."""
        user, group = owner or (None, None)
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 -- our own arguments
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=user,
                group=group,
                extra_groups=None if owner is None else [],
            )

    @contextmanager
    def running(self) -> Iterator[None]:
        """
        Keep the server up for the length of the block.

        Every starter holds a shared lock; whoever leaves and could have it alone was the last,
        and stops the server. The kernel gives up a killed starter's lock.
        """
        self.places.make()
        with (self.places.locks / f"{self.name}.users").open("a") as users:
            with self.alone():
                fcntl.flock(users, fcntl.LOCK_SH)
                self.ensure()
            try:
                yield
            finally:
                with self.alone():
                    self.stop_if_last(users.fileno())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One starter at a time looks, starts or stops."""
        with (self.places.locks / f"{self.name}.starting").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def stop_if_last(self, users: int) -> None:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        self.stop()


def require_room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < LEAST_ROOM:
        raise SystemExit(
            f"The disk of {folder} is nearly full: {free // 2**20} MB are left and at least "
            f"{LEAST_ROOM // 2**20} MB are needed. Make room, or set DATA_DIR to another disk."
        )


def tail(log: Path, lines: int = 8) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
