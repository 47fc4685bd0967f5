"""
Runs a command that is told to end when its starter has ended, killed or not.

usage: python -m config.child COMMAND...
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_the_starter() -> None:
    """Linux only; elsewhere what a killed starter leaves is the operator's to end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    end_with_the_starter()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 -- arguments as they are, no shell
