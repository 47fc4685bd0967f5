"""A whole installation, started as `make run` starts it, in a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from config.env import ROOT

START_LIMIT_S = 180
STOP_LIMIT_S = 60
# What the test settings put into the environment of this process.
OF_TESTS = (
    "DATABASE_URL",
    "REDIS_URL",
    "TEST_RUN",
    "BROKER_KEY_PREFIX",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
)


@dataclass(frozen=True)
class Installation:
    url: str
    folder: Path

    @property
    def passwords(self) -> dict[str, tuple[str, str]]:
        """First name in lower case -> e-mail address and password."""
        lines = (self.folder / "demo-accounts.txt").read_text().splitlines()
        accounts = [line.split()[1:3] for line in lines if "@" in line]
        return {email.split("@")[0]: (email, password) for email, password in accounts}

    @property
    def clips(self) -> Path:
        return self.folder / "demo-clips"

    @property
    def imports(self) -> Path:
        """What lies below can be imported by its name."""
        return self.folder / "import"

    def shell(self, code: str) -> str:
        """What Python with this installation's database prints."""
        return subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code],
            cwd=ROOT,
            env=environment_of(self.folder),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout


@contextmanager
def installation(folder: Path, **variables: str) -> Iterator[Installation]:
    port = free_port()
    log = folder.parent / f"{folder.name}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=environment_of(folder) | {"PORT": str(port)} | variables,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        url = f"http://localhost:{port}"
        wait_until_ready(url, process, log)
        yield Installation(url, folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=STOP_LIMIT_S)


def environment_of(folder: Path) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name not in OF_TESTS}
    return environment | {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATA_DIR": str(folder),
        # Drawn clips have no faces, so with the networks they would all be rejected.
        "MODELS_DIR": str(folder / "no-models"),
    }


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            with urlopen(f"{url}/readyz") as answer:
                if answer.status == 200:
                    return
        except URLError:
            time.sleep(0.2)
    raise AssertionError(f"It did not start in {START_LIMIT_S} s:\n{log.read_text()}")
