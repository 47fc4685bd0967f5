"""Everything on one machine: migrate, fill the demo project, serve, until Ctrl+C."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from config.installation import only_one, require_broker, require_free_port
from config.programs import PYTHON, supervisord_configuration

# Seconds without a sign of life after which a person is told where to look.
PATIENCE = 60.0
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ACCOUNTS = "demo-accounts.txt"


class Command(BaseCommand):
    help = "Run web, workers and embedded servers together on this machine."
    requires_system_checks: list[str] = []

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        data_dir: Path = settings.DATA_DIR
        port: int = settings.ENVIRONMENT.port
        for folder in (data_dir / "run", data_dir / "log"):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with only_one(data_dir / "run" / "up.lock") as lock:
            for number in ENDING:
                signal.signal(number, lambda *_: sys.exit("Stopped before it had started."))
            require_free_port(port)
            require_broker(settings.CELERY_BROKER_URL)
            self.migrate()
            if settings.DEMO:
                self.fill_demo(data_dir / ACCOUNTS)
            self.supervise(port, data_dir, lock)

    def migrate(self) -> None:
        try:
            call_command("migrate", verbosity=0)
        except DatabaseError as problem:
            sys.exit(
                f"The database cannot be used: {problem}\nDATABASE_URL names a PostgreSQL 14 or "
                "newer that runs, and in it a database that the user owns."
            )

    def fill_demo(self, accounts: Path) -> None:
        """At every start, since the first may have been stopped half way; a full one is left."""
        if not accounts.exists():
            self.stdout.write("Filling the demo project; this happens once and takes a minute.")
        # Jobs done here say so in lines that belong into a log; warnings are for the reader.
        logging.disable(logging.INFO)
        call_command("make_demo", stdout=StringIO())

    def supervise(self, port: int, data_dir: Path, lock: int) -> None:
        file = data_dir / "run" / "supervisord.conf"
        with file.open("w") as text:
            supervisord_configuration(port, data_dir).write(text)
        supervisor = subprocess.Popen(  # noqa: S603
            [
                *(PYTHON, "-m", "config.child"),
                *(PYTHON, "-m", "supervisor.supervisord", "-c", str(file)),
            ],
            start_new_session=True,
            pass_fds=[lock],
        )
        for number in ENDING:
            signal.signal(number, lambda *_: self.stop(supervisor))
        if wait_until_it_serves(port, supervisor, data_dir / "log"):
            self.say_where(port, data_dir)
        code = supervisor.wait()
        if code != 0:
            sys.exit(f"The supervisor ended by itself; {data_dir}/log/ says why.")
        self.stdout.write("Stopped.")

    def stop(self, supervisor: subprocess.Popen[bytes]) -> None:
        if supervisor.poll() is None:
            self.stdout.write("\nStopping; work in hand is put back.")
            supervisor.terminate()

    def say_where(self, port: int, data_dir: Path) -> None:
        accounts = data_dir / ACCOUNTS
        self.stdout.write(f"\nCountenance runs at http://localhost:{port} (Ctrl+C stops it).")
        if accounts.exists():
            self.stdout.write(f"Sign in with an account from {accounts}:\n{accounts.read_text()}")
        self.stdout.write(f"Logs are in {data_dir}/log/.")
        self.stdout.flush()


def wait_until_it_serves(port: int, supervisor: subprocess.Popen[bytes], logs: Path) -> bool:
    """False where the supervisor has ended. A busy machine takes as long as it takes."""
    started_at = time.monotonic()
    patience = PATIENCE
    while supervisor.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return True
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        if time.monotonic() - started_at > patience:
            print(f"The pages are not served yet. Wait, or look into {logs}/web.log.", flush=True)
            patience += PATIENCE
    return False
