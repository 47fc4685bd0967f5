"""What runs side by side on one machine, as a configuration of supervisord."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from configparser import RawConfigParser
from pathlib import Path

from .env import ROOT

PYTHON = sys.executable
CELERY = (PYTHON, "-m", "celery", "--app", "config", "--quiet", "worker", "--loglevel", "INFO")
# Nobody listens to what workers tell each other. A worker that has to tell its end to a broker
# that ended too, as after a kill of the supervisor, never ends.
ALONE = ("--without-gossip", "--without-mingle", "--without-heartbeat")


def programs(port: int, data_dir: Path) -> dict[str, tuple[str, ...]]:
    return {
        "servers": (PYTHON, "-m", "config.embedded"),
        "web": (
            *(PYTHON, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "8"),
            *("--graceful-timeout", "10", "--no-control-socket"),
        ),
        "cpu": (*CELERY, *ALONE, "-n", "cpu@%h", "-Q", "cpu", "-P", "prefork", "-c", "2"),
        "io": (
            *(*CELERY, *ALONE, "-n", "io@%h", "-Q", "io", "-P", "threads", "-c", "8"),
            *("-I", "annotation.io_tasks"),
        ),
        "ml": (
            *(*CELERY, *ALONE, "-n", "ml@%h", "-Q", "ml,gpu", "-P", "prefork", "-c", "1"),
            # Left out of the tasks that are found by themselves: it loads the models' libraries.
            *("--pool-start-method", "spawn", "-I", "annotation.ml_tasks"),
        ),
        # Starts processes and reads what they say of themselves, so it is always free to look.
        "train": (
            *(*CELERY, *ALONE, "-n", "train@%h", "-Q", "train", "-P", "threads", "-c", "4"),
            *("-I", "annotation.train_tasks"),
        ),
        "beat": (
            *(PYTHON, "-m", "celery", "--app", "config", "--quiet", "beat", "--pidfile="),
            *("--schedule", str(data_dir / "run" / "timetable")),
        ),
    }


def supervisord_configuration(port: int, data_dir: Path) -> RawConfigParser:
    configuration = RawConfigParser()
    configuration.optionxform = str  # type: ignore[assignment,method-assign]
    logs = data_dir / "log"
    own = {
        "nodaemon": "true",
        "silent": "true",
        "logfile": str(logs / "supervisor.log"),
        "pidfile": str(data_dir / "run" / "supervisor.pid"),
        "directory": str(ROOT),
        # A worker that is told to end gives its task a while, then puts the message back.
        "environment": 'REMAP_SIGTERM="SIGQUIT"',
    }
    if os.geteuid() == 0:
        own["user"] = "root"
    configuration["supervisord"] = escaped(own)
    for name, command in programs(port, data_dir).items():
        configuration[f"program:{name}"] = escaped(program(command, logs / f"{name}.log"))
    # First to start, last to stop: the others need the servers until their end.
    configuration["program:servers"]["priority"] = "1"
    # Groups are stopped one after the other, the programs of a group at once.
    together = ",".join(name for name in programs(port, data_dir) if name != "servers")
    configuration["group:work"] = {"programs": together, "priority": "2"}
    return configuration


def program(command: tuple[str, ...], log: Path) -> dict[str, str]:
    tied = (PYTHON, "-m", "config.child", *command)
    return {
        "command": shlex.join(tied),
        "autorestart": "true",
        "startsecs": "3",
        # Each wait is a second longer than the one before, so this is hours.
        "startretries": "200",
        "stopwaitsecs": "25",
        "stopasgroup": "false",
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_logfile": str(log),
        "stdout_logfile_maxbytes": "10MB",
        "stdout_logfile_backups": "2",
    }


def escaped(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value.replace("%", "%%") for name, value in values.items()}
