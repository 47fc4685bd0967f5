"""
Starts the Label Studio installed in a folder, sends it our tasks and compares what it gives back.

    python scripts/interop.py FOLDER

What it keeps in the folder is used again the next time; a project is made anew.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "annotation" / "exporting" / "label-studio.xml"
TASKS = ROOT / "tests" / "vectors" / "label_studio_tasks.json"
HOST = "127.0.0.1"
# Its first start makes its tables: two minutes on two busy cores, ten where they are overloaded.
LONGEST_START_S = 1800
LONGEST_ANSWER_S = 120
NOWHERE = f"http://{HOST}:9"
ENVIRONMENT = {
    "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
    "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
    "LABEL_STUDIO_SENTRY_DSN": "",
    "LABEL_STUDIO_FRONTEND_SENTRY_DSN": "",
    "LABEL_STUDIO_DJANGO_DB": "sqlite",
    # Whatever else it may want to ask outside ends here.
    "HTTP_PROXY": NOWHERE,
    "HTTPS_PROXY": NOWHERE,
    "NO_PROXY": HOST,
}
REGION = ("id", "from_name", "to_name", "type", "value")
OPENER = build_opener(ProxyHandler({}))


class Server:
    def __init__(self, port: int, token: str) -> None:
        self.address = f"http://{HOST}:{port}"
        self.headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}

    def ask(self, path: str, body: object | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.address}/{path}", data, self.headers)  # noqa: S310
        with OPENER.open(request, timeout=LONGEST_ANSWER_S) as answer:
            return json.load(answer)

    def is_up(self) -> bool:
        try:
            return bool(self.ask("health")["status"] == "UP")
        except OSError:
            return False


def token_in(folder: Path) -> str:
    """The same at every start: an account that is there keeps its token."""
    path = folder / "token"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(20))
    return path.read_text()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])


def command(folder: Path, port: int, token: str) -> list[str]:
    return [
        *[str(folder / "venv" / "bin" / "label-studio"), "start", "--no-browser"],
        *["--internal-host", HOST, "--port", str(port), "--data-dir", str(folder / "data")],
        *["--username", "interop@example.org", "--password", token],
        *["--user-token", token, "--enable-legacy-api-token"],
    ]


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    log, port, token = folder / "log", free_port(), token_in(folder)
    # Nothing of ours: it would take our settings, ports and secrets for its own.
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **ENVIRONMENT}
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 -- what interop.sh installed
            command(folder, port, token), env=environment, stdout=output, stderr=output
        )
    server = Server(port, token)
    try:
        wait_for(server, process, log)
        yield server
    finally:
        process.terminate()
        process.wait()


def wait_for(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    say("Starting Label Studio; the first time it makes its tables, which takes minutes")
    end = time.monotonic() + LONGEST_START_S
    while not server.is_up():
        if process.poll() is not None or time.monotonic() > end:
            sys.exit(f"Label Studio did not start. Read {log} and run the same command again.")
        time.sleep(1)


def came_back(server: Server, sent: list[Any]) -> list[Any]:
    """What a new project exports after the import, in the order in which it was sent."""
    project = server.ask("api/projects", {"title": "ours", "label_config": LABELS.read_text()})
    path = f"api/projects/{project['id']}"
    server.ask(f"{path}/import", sent)
    tasks = server.ask(f"{path}/export?exportType=JSON&download_all_tasks=true")
    # An export only numbers the predictions.
    listed = server.ask(f"api/predictions?project={project['id']}")
    predictions = {prediction["id"]: prediction for prediction in listed}
    for task in tasks:
        task["predictions"] = [predictions[number] for number in sorted(task["predictions"])]
    return sorted(tasks, key=lambda task: int(task["id"]))


def regions(tasks: list[Any], made_by: str, *types: str) -> list[Any]:
    """Of annotations or predictions, each with its task, without what Label Studio adds."""
    return [
        [task["data"]["id"], {name: region.get(name) for name in REGION}]
        for task in tasks
        for made in task[made_by]
        for region in made["result"]
        if region["type"] in types
    ]


def facts(tasks: list[Any]) -> dict[str, list[Any]]:
    """What must be the same on both sides, by what it is called."""
    return {
        "tasks with their data": [task["data"] for task in tasks],
        "annotations": [task["data"]["id"] for task in tasks for _ in task["annotations"]],
        "texts of annotations": regions(tasks, "annotations", "textarea"),
        "phases of annotations": regions(tasks, "annotations", "timelinelabels"),
        "predictions with their model": [
            [task["data"]["id"], made["model_version"]]
            for task in tasks
            for made in task["predictions"]
        ],
        "texts of predictions": regions(tasks, "predictions", "textarea"),
        "phases of predictions": regions(tasks, "predictions", "timelinelabels"),
    }


def differences(sent: dict[str, list[Any]], came: dict[str, list[Any]]) -> int:
    """How many facts differ; a line for each says whether it does."""
    count = 0
    for name, wanted in sent.items():
        is_same = came[name] == wanted
        count += not is_same
        say(f"{'same' if is_same else 'DIFFERS':<8} {len(wanted)} {name}")
        if not is_same:
            say(f"  sent      {json.dumps(wanted, ensure_ascii=False)}")
            say(f"  came back {json.dumps(came[name], ensure_ascii=False)}")
    return count


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(folder: Path) -> None:
    # A stopped script stops the server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sent = json.loads(TASKS.read_text())
    with running(folder) as server:
        count = differences(facts(sent), facts(came_back(server, sent)))
    if count:
        sys.exit("Label Studio gave back something else than it was sent.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
