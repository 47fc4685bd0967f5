"""Keeps the embedded servers up, and starts again what dies, until it is told to end."""

from __future__ import annotations

import signal
import sys
import threading

from config.env import environment

from . import embedded_servers, servers_for

# Seconds between looks.
INTERVAL = 1.0


def main() -> None:
    is_over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: is_over.set())
    with servers_for(environment()):
        servers = embedded_servers(environment())
        while not is_over.wait(INTERVAL):
            for server in servers:
                with server.alone():
                    server.ensure()
    sys.exit(0)


if __name__ == "__main__":
    main()
