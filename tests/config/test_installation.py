"""What `manage.py up` asks before it starts, and what it hands to the supervisor."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError

from config.env import ROOT
from config.installation import only_one, require_free_port
from config.management.commands import up
from config.programs import program, programs, supervisord_configuration


def test_a_taken_port_is_a_sentence_that_names_another():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"Port {port} cannot be used.*PORT=\d+ make run"):
            require_free_port(port)
    require_free_port(port)


@pytest.fixture
def closed_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def test_with_servers_of_ones_own_a_new_folder_is_made_and_a_silent_broker_named(
    tmp_path, closed_port
):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATA_DIR": str(tmp_path / "new"),
        "PORT": str(closed_port),
        "DATABASE_URL": f"postgresql://ada@127.0.0.1:{closed_port}/captions",
        "REDIS_URL": f"redis://127.0.0.1:{closed_port}/0",
    }
    answer = subprocess.run(
        [sys.executable, "manage.py", "up"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("The broker cannot be used: ")
    assert "REDIS_URL names" in answer.stderr
    assert (tmp_path / "new" / "log").is_dir()


def test_a_database_that_refuses_is_named(monkeypatch):
    def refuse(*_arguments, **_options):
        raise OperationalError("password authentication failed")

    monkeypatch.setattr(up, "call_command", refuse)
    refused = pytest.raises(SystemExit, match="cannot be used: password authentication failed")
    with refused as stop:
        up.Command().migrate()
    assert "DATABASE_URL names" in str(stop.value)


def test_whoever_waits_for_the_pages_is_told_where_to_look(
    monkeypatch, capsys, tmp_path, closed_port
):
    monkeypatch.setattr(up, "PATIENCE", 0.1)
    with subprocess.Popen(["/bin/sleep", "1"]) as supervisor:
        assert not up.wait_until_it_serves(closed_port, supervisor, tmp_path)
    assert f"{tmp_path}/web.log" in capsys.readouterr().out


def test_a_second_start_on_the_same_data_is_refused(tmp_path):
    refused = pytest.raises(SystemExit, match=rf"runs here already \(process {os.getpid()}\)")
    with only_one(tmp_path / "up.lock"), refused:
        only_one(tmp_path / "up.lock").__enter__()
    with only_one(tmp_path / "up.lock"):
        assert (tmp_path / "up.lock").read_text() == str(os.getpid())


def test_the_lock_of_a_killed_run_is_waited_for(tmp_path):
    """The one who wrote its number is gone; its supervisor still holds the lock, then ends."""
    file = tmp_path / "up.lock"
    code = (
        "import sys, time; from pathlib import Path; from config.installation import only_one\n"
        "with only_one(Path(sys.argv[1])):\n"
        "    Path(sys.argv[1]).write_text('999999999'); print('held', flush=True); time.sleep(1)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with only_one(file):
        assert holder.wait() == 0


def test_paths_with_spaces_and_percent_signs_reach_the_supervisor_whole():
    folder = Path("/srv/100% of it/a copy")
    configuration = supervisord_configuration(8010, folder)
    beat = configuration["program:beat"]
    assert beat["stdout_logfile"] == "/srv/100%% of it/a copy/log/beat.log"
    assert str(folder / "run" / "timetable").replace("%", "%%") in shlex.split(beat["command"])


def test_every_program_ends_with_its_supervisor_and_is_started_again():
    settings = program(("sleep", "60"), Path("/tmp/sleep.log"))  # noqa: S108
    assert "config.child" in settings["command"]
    assert settings["autorestart"] == "true"


def test_no_worker_has_to_tell_its_end_to_a_broker_that_may_be_gone(tmp_path):
    commands = programs(8000, tmp_path).values()
    workers = [command for command in commands if "worker" in command]
    assert len(workers) == 4
    for worker in workers:
        assert {"--without-gossip", "--without-mingle", "--without-heartbeat"} <= set(worker)


def test_the_supervisor_opens_no_port(tmp_path):
    sections = supervisord_configuration(8000, tmp_path).sections()
    assert not [name for name in sections if "http_server" in name]


def test_a_child_ends_when_its_starter_is_killed(tmp_path):
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-m', 'config.child', sys.executable, '-c',"
        " 'import time; print(\"up\", flush=True); time.sleep(60)'])\n"
        "child.wait()"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    assert starter.stdout.readline() == "up\n"
    starter.kill()
    # The pipe closes when the last that holds it has ended, which is the child.
    assert starter.stdout.read() == ""
    starter.wait()
