"""The embedded servers as processes: start, share, adopt, stop."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from psycopg.errors import UniqueViolation

from config.embedded import Places, Postgres, Valkey, identity
from config.embedded.identity import Identity, choose_identity, somebody
from config.embedded.server import require_room
from config.env import ROOT


@pytest.fixture
def places(tmp_path):
    # Longer than a socket's name may be, and with spaces.
    places = Places.of(tmp_path / ("a long folder name " * 8).strip() / "data")
    yield places
    for server in (Postgres(places), Valkey(places)):
        server.stop()
    shutil.rmtree(places.near, ignore_errors=True)


@pytest.fixture(params=[Postgres, Valkey], ids=["postgres", "valkey"])
def server_class(request):
    return request.param


def wait_for(condition, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def holder(places: Places, name: str) -> subprocess.Popen[str]:
    """Another process that uses the server until its standard input ends."""
    code = (
        "import sys; from pathlib import Path; from config.embedded import *\n"
        f"with {name}(Places.of(Path(sys.argv[1])), durable=False).running():\n"
        "    print('up', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(places.data)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


def test_a_server_runs_for_the_length_of_the_block(places, server_class):
    server = server_class(places, durable=False)
    with server.running():
        assert server.answers()
    assert not server.answers()
    assert server.process() is None


def test_starters_share_one_server_and_the_last_stops_it(places, server_class):
    server = server_class(places, durable=False)
    other = holder(places, server_class.__name__)
    pid = server.process()
    with server.running():
        assert server.process() == pid
        other.communicate()
        assert server.answers()
    assert not server.answers()


def test_the_server_of_a_killed_starter_is_adopted_and_stopped(places, server_class):
    server = server_class(places, durable=False)
    other = holder(places, server_class.__name__)
    pid = server.process()
    other.kill()
    other.communicate()
    assert server.process() == pid
    with server.running():
        assert server.process() == pid
    assert server.process() is None


def test_a_killed_server_is_started_again_over_what_it_left(places, server_class):
    server = server_class(places, durable=False)
    with server.running():
        first = server.process()
        kill_hard(server)
        assert not server.answers()
        assert server.pid_file.exists()
        server.ensure()
        assert server.process() != first
        assert server.answers()


def test_a_killed_server_whose_processes_linger_is_waited_for(places):
    server = Postgres(places, durable=False)
    with server.running():
        with server.connect("postgres") as connection:
            row = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"
            ).fetchone()
        checkpointer = row[0]
        os.kill(checkpointer, signal.SIGSTOP)
        kill_hard(server)
        going_on = threading.Timer(1, os.kill, (checkpointer, signal.SIGCONT))
        going_on.start()
        server.ensure()
        going_on.join()
        assert server.answers()


def kill_hard(server):
    os.kill(server.process(), signal.SIGKILL)
    server.child.wait()


def test_a_pid_file_that_names_a_stranger_is_no_server(places, server_class):
    server = server_class(places, durable=False)
    places.make()
    server.pid_file.parent.mkdir(parents=True, exist_ok=True)
    server.pid_file.write_text(f"{os.getpid()}\n")
    assert server.process() is None
    if server_class is Valkey:
        with server.running():
            assert server.answers()


def test_what_was_written_outlives_a_stop(places):
    with Postgres(places).running() as _, Valkey(places).running():
        with Postgres(places).connect("countenance") as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        broker(places).rpush("queue", "7")
    with Postgres(places).running() as _, Valkey(places).running():
        with Postgres(places).connect("countenance") as connection:
            assert connection.execute("SELECT n FROM kept").fetchone() == (7,)
        assert broker(places).lrange("queue", 0, -1) == [b"7"]


def broker(places):
    import redis

    return redis.Redis(unix_socket_path=str(places.valkey_socket))


def test_an_interrupted_first_start_is_begun_again(places):
    server = Postgres(places, durable=False)
    places.make()
    (server.data / "base").mkdir(parents=True)
    (server.data / "postgresql.conf").write_text("half")
    with server.running():
        assert server.answers()


def test_data_of_another_major_is_refused_with_the_way_out(places):
    server = Postgres(places, durable=False)
    places.make()
    server.data.mkdir()
    (server.data / "PG_VERSION").write_text("15\n")
    with (
        pytest.raises(SystemExit, match=r"PostgreSQL 15 and this is 18.*pg_dump"),
        server.running(),
    ):
        pass


def test_a_failed_start_shows_the_last_words_of_the_log(places):
    server = Valkey(places, binary=Path("/bin/false"), durable=False)
    with pytest.raises(SystemExit, match=r"valkey server did not start.*valkey\.log"):
        server.running().__enter__()


def test_the_log_of_the_database_holds_no_text_that_was_to_be_stored(places):
    server = Postgres(places, durable=False)
    with server.running(), server.connect("countenance") as connection:
        connection.execute("CREATE TABLE kept (caption text UNIQUE)")
        connection.execute("INSERT INTO kept VALUES ('She smiles.')")
        with pytest.raises(UniqueViolation):
            connection.execute("INSERT INTO kept VALUES ('She smiles.')")
    assert "duplicate key" in server.log.read_text()
    assert "She smiles." not in server.log.read_text()


def test_a_full_disk_is_a_sentence(monkeypatch, tmp_path):
    usage = shutil.disk_usage(tmp_path)._replace(free=1024)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    with pytest.raises(SystemExit, match=r"nearly full.*Make room"):
        require_room(tmp_path)


def test_nobody_else_can_enter_the_folder_of_the_sockets(places):
    places.make()
    assert places.near.stat().st_mode & 0o077 == 0
    assert len(str(places.sockets / ".s.PGSQL.5432.lock")) < 100
    assert " " not in str(places.sockets)


def test_a_strangers_folder_in_place_of_the_sockets_is_refused(places, tmp_path):
    tmp_path.joinpath("elsewhere").mkdir()
    places.near.symlink_to(tmp_path / "elsewhere")
    try:
        with pytest.raises(SystemExit, match="belongs to somebody else"):
            places.make()
    finally:
        places.near.unlink()


def test_an_ordinary_user_starts_it_as_themselves(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert choose_identity(tmp_path) == Identity()


# Only root can, and has to, become somebody else.
if os.geteuid() == 0:

    def test_root_starts_it_in_a_namespace_and_changes_no_owner(places):
        server = Postgres(places, durable=False)
        with server.running():
            assert server.identity.owner is None
            assert server.data.is_relative_to(places.data)
            assert server.data.stat().st_uid == 0

    def test_root_without_namespaces_keeps_the_data_aside(places, monkeypatch):
        monkeypatch.setattr(identity, "namespace", tuple)
        server = Postgres(places, durable=False)
        for _ in range(2):
            with server.running():
                assert server.data.is_relative_to(places.near)
                assert Path(f"/proc/{server.process()}").stat().st_uid == somebody().pw_uid
