"""One running installation to a data folder and a port: what is asked before the start."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kombu import Connection
from kombu.exceptions import OperationalError

# Seconds. The processes of a killed run end by themselves, the slowest after its own limit.
ENDING_LIMIT = 45.0


@contextmanager
def only_one(file: Path) -> Iterator[int]:
    """
    Hold the installation's lock; the descriptor is for the supervisor, who holds it too.

    A killed run leaves a supervisor that is stopping what it started: wait for it.
    """
    with file.open("a+") as lock:
        take(lock.fileno(), file)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield lock.fileno()


def take(lock: int, file: Path) -> None:
    deadline = time.monotonic() + ENDING_LIMIT
    while not try_lock(lock):
        runner = file.read_text().strip()
        if is_alive(runner) or time.monotonic() > deadline:
            raise SystemExit(
                f"Countenance runs here already (process {runner or 'unknown'}). Stop that one "
                "with Ctrl+C, or give this one a DATA_DIR and a PORT of its own."
            )
        time.sleep(0.2)


def try_lock(lock: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def require_free_port(port: int) -> None:
    with socket.socket() as probe:
        # As the server itself does: connections of the run before may still be closing.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise SystemExit(
                f"Port {port} cannot be used ({problem.strerror}). Stop the program that has it, "
                f"or choose another one: PORT={port + 1 if port < 65535 else 8000} make run"
            ) from None


def require_broker(url: str) -> None:
    try:
        with Connection(url) as broker:
            broker.ensure_connection(max_retries=1, timeout=5)
    except OperationalError as problem:
        raise SystemExit(
            f"The broker cannot be used: {problem}\nREDIS_URL names a Redis or Valkey server that "
            "runs, with its password."
        ) from None
