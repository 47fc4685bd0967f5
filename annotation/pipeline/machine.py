"""What the machine of a train worker can train on."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess

from annotation.models import DeviceKind
from annotation.workflow.devices import Announced, announce_devices

GIB = 1024**3
ASK_DRIVER = ("--query-gpu=index,name,memory.total", "--format=csv,noheader,nounits")
DRIVER_TIMEOUT_S = 20


def host() -> str:
    return socket.gethostname()


def announce() -> list[Announced]:
    found = [*gpus(), processor()]
    announce_devices(host(), found)
    return found


def processor() -> Announced:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cores = os.cpu_count() or 1
    return Announced("cpu", DeviceKind.CPU, f"{cores} cores", round(memory / GIB, 1))


def gpus() -> list[Announced]:
    """Asked of the driver, which takes less than loading torch."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return []
    try:
        answer = subprocess.run(  # noqa: S603 -- no shell; a fixed question
            [tool, *ASK_DRIVER],
            capture_output=True,
            text=True,
            timeout=DRIVER_TIMEOUT_S,
            check=True,
        ).stdout
    except (subprocess.SubprocessError, OSError):
        return []
    return [_gpu(line) for line in answer.splitlines() if line.count(",") == 2]


def _gpu(line: str) -> Announced:
    number, label, mebibytes = (part.strip() for part in line.split(","))
    memory = float(mebibytes) / 1024 if mebibytes.isdigit() else 0.0
    return Announced(f"cuda:{number}", DeviceKind.CUDA, label, round(memory, 1))
