"""Real processes: workers on the real broker, and what the web process may not load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from celery import current_app
from kombu import Connection

from annotation.jobs import JobKind, enqueue
from annotation.models import JobState
from config.env import ROOT
from config.programs import programs

pytestmark = pytest.mark.slow_process


def test_the_web_process_and_the_cpu_tasks_load_no_torch():
    code = (
        "import django, sys; django.setup()\n"
        "import config.urls, config.wsgi, annotation.tasks\n"
        "print(sorted({'torch', 'ml', 'transformers', 'boxmot'} & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.stdout.strip() == "[]", answer.stderr


@contextmanager
def worker(environment, queue):
    command = [
        *(sys.executable, "-m", "celery", "-A", "config", "worker", "-P", "solo"),
        *("-Q", queue, "-n", f"{queue}-{os.getpid()}@%h", "--without-gossip", "--without-mingle"),
        *("--loglevel", "INFO"),
    ]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()


def lines_until(process, word, seconds=60.0):
    lines = []
    deadline = time.monotonic() + seconds
    for line in process.stdout:
        lines.append(line)
        if word in line:
            return "".join(lines)
        assert time.monotonic() < deadline, "".join(lines)
    raise AssertionError("the worker ended:\n" + "".join(lines))


def test_a_job_goes_through_the_broker_to_a_worker_and_back(process_environment):
    with worker(process_environment, "cpu") as process:
        lines_until(process, "ready.")
        # An import that does not exist: the worker says so in the row.
        job = enqueue(
            JobKind.RUN_IMPORT,
            key="import:0",
            payload={"import": 0},
            project=None,
            started_by=None,
            max_attempts=1,
        )
        lines_until(process, "attempt 1 is over")
    job.refresh_from_db()
    assert job.state == JobState.DEAD
    assert job.error


def test_s82_an_unknown_task_is_refused_and_the_worker_goes_on(process_environment):
    with worker(process_environment, "cpu") as process:
        lines_until(process, "ready.")
        current_app.send_task("os.system", args=["true"], queue="cpu")
        assert "os.system" in lines_until(process, "unregistered task")
        current_app.send_task("annotation.tasks.run_import", args=[0], queue="cpu")
        lines_until(process, "job 0 is not to be run now")


def test_s82_a_pickled_message_is_refused_unopened(process_environment, settings, tmp_path):
    proof = tmp_path / "opened"
    with worker(process_environment, "cpu") as process:
        lines_until(process, "ready.")
        publish_pickle(settings, proof)
        lines_until(process, "Refusing to deserialize")
    assert not proof.exists()


class Bomb:
    def __init__(self, path):
        self.path = str(path)

    def __reduce__(self):
        return (open, (self.path, "w"))


def publish_pickle(settings, proof):
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    with Connection(settings.CELERY_BROKER_URL, transport_options=options) as connection:
        connection.Producer(serializer="pickle").publish(
            [[Bomb(proof)], {}, {}],
            routing_key="cpu",
            exchange="cpu",
            headers={"task": "annotation.tasks.sweep", "id": "1", "lang": "py"},
        )


def test_s82_messages_are_json_only():
    assert current_app.conf.accept_content == ["json"]
    assert current_app.conf.task_serializer == "json"
    assert current_app.conf.task_ignore_result is True


def test_every_queue_has_a_worker_and_no_program_speaks_to_the_network(tmp_path):
    commands = programs(8000, tmp_path)
    listened = {
        queue
        for command in commands.values()
        if "-Q" in command
        for queue in command[command.index("-Q") + 1].split(",")
    }
    assert listened == {queue.name for queue in current_app.conf.task_queues}
    assert "127.0.0.1:8000" in commands["web"]


def test_ready_says_which_part_is_not(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    assert client.get("/readyz").json()["parts"] == {
        "database": "ok",
        "broker": "ok",
        "storage": "ok",
    }
    settings.CELERY_BROKER_URL = f"redis+socket://{tmp_path}/nobody.sock"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert json.loads(answer.content)["parts"]["broker"] == "failed"
    assert str(tmp_path) not in answer.content.decode()
