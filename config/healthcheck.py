"""Asks the web process of this container whether it is alive, by a name it answers to."""

import sys
from http.client import HTTPConnection

from .env import environment


def main() -> None:
    connection = HTTPConnection("127.0.0.1", 8000, timeout=4)
    connection.request("GET", "/healthz", headers={"Host": environment().allowed_hosts[0]})
    sys.exit(0 if connection.getresponse().status == 200 else 1)


if __name__ == "__main__":
    main()
