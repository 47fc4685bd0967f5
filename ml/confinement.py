"""What a child process gives up before it opens a file that a stranger made."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
from dataclasses import dataclass

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


@dataclass(frozen=True)
class Limits:
    """Sizes are bytes, times seconds."""

    address_space: int
    cpu_s: int
    wall_s: int
    file_size: int
    descriptors: int

    @classmethod
    def parse(cls, text: str) -> Limits:
        return cls(**json.loads(text))


def confine(limits: Limits) -> None:
    """
    Bounds this process for good and takes its network away where the kernel allows it.

    The process does it to itself: a hook between fork and exec can deadlock when the parent
    has threads, and limits set by the parent afterwards would come some time after the start.
    """
    bounds = {
        resource.RLIMIT_AS: limits.address_space,
        resource.RLIMIT_CPU: limits.cpu_s,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: limits.descriptors,
        resource.RLIMIT_CORE: 0,
    }
    for kind, wanted in bounds.items():
        _, hard = resource.getrlimit(kind)
        bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (bound, bound))
    # Each thread of the array library takes its share of the address space, one a core.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    # The parent kills at the same time; this is for a parent that died first.
    signal.alarm(limits.wall_s)
    _leave_the_network()


def _leave_the_network() -> None:
    """
    Root asks for the network namespace alone, which keeps its right to read others' files;
    everyone else needs a user namespace around it. Refused both times, the process goes on:
    the demuxers in use open nothing but the file they are given.
    """
    unshare = ctypes.CDLL(None).unshare
    if unshare(CLONE_NEWNET) != 0:
        unshare(CLONE_NEWUSER | CLONE_NEWNET)
