"""One real worker with two processes, on the tests' database and a broker of its own."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
import redis
from django.db import connection

from annotation.jobs import enqueue
from annotation.jobs.sweeping import sweep
from annotation.models import Job
from config import celery_app
from config.databases import address, cache_url
from config.env import ROOT
from tests.jobs import settings as workers

PATIENCE_S = 30
INTERVALS = [name for name in dir(workers) if name.startswith("JOB_")]


def until(condition, what):
    deadline = time.monotonic() + PATIENCE_S
    while not (found := condition()):
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.02)
    return found


class Broker:
    """The queues of one worker; its keys begin with a word of their own."""

    def __init__(self, address):
        self.prefix = f"test-jobs-{secrets.token_hex(4)}:"
        self.store = redis.from_url(address)

    def empty(self):
        keys = list(self.store.scan_iter(f"{self.prefix}*"))
        if keys:
            self.store.delete(*keys)

    def waiting(self):
        return self.store.llen(f"{self.prefix}cpu")


class Worker:
    """A worker and its children, in a process group of their own."""

    COMMAND = (sys.executable, "-m", "celery", "-A", "config", "-q", "worker", "-l", "INFO")
    # Seconds that a running task may still take after the worker is told to stop.
    IN_A_HURRY = ("--", "worker.soft_shutdown_timeout=0.5")
    OPTIONS: tuple[str, ...] = (
        "-Q",
        "cpu",
        "-P",
        "prefork",
        "-c",
        "2",
        "--without-gossip",
        "--without-mingle",
    )

    def __init__(self, prefix, log, **variables):
        self.name, self.log = f"{prefix}@localhost", log
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.jobs.settings",
            "DATABASE_URL": address(connection.settings_dict),
            "BROKER_KEY_PREFIX": prefix,
            "REMAP_SIGTERM": "SIGQUIT",
            **variables,
        }
        self.start()

    def start(self):
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*self.COMMAND, *self.OPTIONS, "-n", self.name, *self.IN_A_HURRY],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def stop(self):
        """As the supervisor does; see REMAP_SIGTERM there."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=PATIENCE_S)

    def kill(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Running:
    """What a test does with jobs, and sees of them."""

    def __init__(self, broker, worker, folder):
        self.broker, self.worker, self.folder = broker, worker, folder

    def ask(self, kind, name="job", **fields):
        """Enqueues and commits."""
        (self.folder / name).mkdir()
        payload = {"folder": str(self.folder / name)}
        of_nobody = {"project": None, "started_by": None}
        return enqueue(kind, key=name, payload=payload, **{**of_nobody, **fields})

    def runs(self, job):
        """The process of each run so far, in order."""
        log = Path(job.payload["folder"]) / "runs"
        return [int(line) for line in log.read_text().splitlines()] if log.exists() else []

    def open_gate(self, job):
        (Path(job.payload["folder"]) / "gate").touch()

    def started(self, job, times=1):
        return until(lambda: len(self.runs(job)) >= times, f"run {times} of {job}")

    def ended(self, job, state):
        """Sweeps as the timetable would, until the job is over."""

        def is_over():
            sweep()
            job.refresh_from_db()
            return job.ended_at is not None

        until(is_over, f"the end of {job}; see {self.worker.log}")
        assert job.state == state, job.error
        return job


@pytest.fixture(scope="session")
def broker(embedded_servers_running):
    from django.conf import settings

    broker = Broker(cache_url(settings.ENVIRONMENT))
    yield broker
    broker.empty()


@pytest.fixture(scope="session")
def worker(django_db_setup, broker, tmp_path_factory):
    worker = Worker(broker.prefix, tmp_path_factory.mktemp("worker") / "log")
    yield worker
    worker.kill()


@pytest.fixture
def jobs(transactional_db, broker, worker, settings, monkeypatch, tmp_path):
    for name in INTERVALS:
        setattr(settings, name, getattr(workers, name))
    options = {"global_keyprefix": broker.prefix}
    with celery_app.connection_for_write(transport_options=options) as to_broker:
        send = partial(celery_app.send_task, connection=to_broker)
        monkeypatch.setattr("annotation.jobs.enqueuing.current_app.send_task", send)
        yield Running(broker, worker, tmp_path)
    assert not Job.objects.filter(ended_at__isnull=True).exists()
