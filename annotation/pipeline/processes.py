"""Processes that outlive the worker that started them, and how they are told from others."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedRandom
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")
# In /proc/PID/stat behind the name, which may hold anything: the state, and the 22nd field.
STATE_AT, STARTED_AT = 0, 19
GONE = ("Z", "X")


def started_mark(pid: int) -> str:
    """
    The boot and the tick at which the process began; empty where it is gone. Numbers of
    processes come again, this does not.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = BOOT.read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return "" if fields[STATE_AT] in GONE else f"{boot}:{fields[STARTED_AT]}"


def is_alive(pid: int | None, mark: str) -> bool:
    return bool(pid and mark) and started_mark(pid or 0) == mark


def signal_group(pid: int | None, mark: str, which: signal.Signals) -> None:
    """To the process that was meant and those it started, and to no later one of its number."""
    if pid and is_alive(pid, mark):
        with suppress(ProcessLookupError):
            os.killpg(pid, which)


def end_stragglers(group: int | None) -> None:
    """
    What a killed process left behind would hold its device. Nothing where another process has
    the number of its leader by now.
    """
    if not group or started_mark(group):
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def become(command: list[str], log: Path, lock: Path) -> None:
    """
    The command in place of this process, so that every signal reaches it. It waits for the lock
    and keeps it: a process of the run may live on where its machine was given up for lost.
    """
    held = os.open(lock, os.O_RDWR | os.O_CREAT)
    fcntl.flock(held, fcntl.LOCK_EX)
    os.set_inheritable(held, True)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.execv(command[0], command)  # noqa: S606 -- no shell; arguments are our own paths


@contextmanager
def lock_to_hand_on(path: Path) -> Iterator[BufferedRandom | None]:
    """
    A lock that a child keeps by inheriting the file; None where a process has it. The block
    gives up its own hold only.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield file
