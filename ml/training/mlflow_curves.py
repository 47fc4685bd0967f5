"""
The curves of a run at a server of MLflow, where one is set up.

A server that is away costs a run nothing but its curves there, and those only as long as it is.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

from ml.training.folder import RunFolder
from ml.training.report import Status

logger = logging.getLogger(__name__)

# MLflow writes to wherever this names; without it nobody asked for it.
ADDRESS = "MLFLOW_TRACKING_URI"
# Its own defaults try for minutes, in which nothing is learned, tell its makers of the use, and
# write where the command answers.
MANNERS = {
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    "MLFLOW_EXPERIMENT_NAME": "countenance",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
}
# After a failure; what was measured meanwhile waits.
RETRY_AFTER_S = 120.0
# The run that the curves are of, there.
FILE = "mlflow.json"
# Of one request, by the server's own limit.
MOST_METRICS = 1000
ENDS: dict[Status, str] = {"done": "FINISHED", "stopped": "KILLED", "failed": "FAILED"}


def mlflow_curves(folder: RunFolder, facts: dict[str, Any]) -> list[MlflowCurves]:
    if not os.environ.get(ADDRESS):
        return []
    if find_spec("mlflow") is None:
        logger.warning("%s is set, but mlflow is missing: pip install mlflow-skinny", ADDRESS)
        return []
    for name, value in MANNERS.items():
        os.environ.setdefault(name, value)
    from mlflow import MlflowClient, entities

    return [MlflowCurves(MlflowClient(), entities, folder, facts)]


class MlflowCurves:
    """A run that goes on adds to what it sent before. `client` and `entities` are MLflow's."""

    def __init__(
        self,
        client: Any,
        entities: Any,
        folder: RunFolder,
        facts: dict[str, Any],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.client = client
        self.entities = entities
        self.folder = folder
        self.facts = facts
        self.clock = clock
        self._waiting: list[dict[str, Any]] = []
        self._tries_at = clock()
        self._known: str | None = None

    def measured(self, line: dict[str, Any]) -> None:
        self._waiting += _metrics(line)
        if self.clock() >= self._tries_at:
            self._try(self._send)

    def ended(self, status: Status) -> None:
        self._try(lambda: self._end(status))

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as fault:  # noqa: BLE001 -- whatever the package or its server does
            self._tries_at = self.clock() + RETRY_AFTER_S
            logger.warning("MLflow at %s: %s", os.environ[ADDRESS], fault)

    def _send(self) -> None:
        run_id = self._run_id()
        while self._waiting:
            part = self._waiting[:MOST_METRICS]
            self.client.log_batch(run_id, metrics=[self.entities.Metric(**each) for each in part])
            del self._waiting[:MOST_METRICS]

    def _end(self, status: Status) -> None:
        self._send()
        self.client.set_terminated(self._run_id(), ENDS[status])

    def _run_id(self) -> str:
        if self._known is None:
            self._known = self._former() or self._begin()
            told = {"address": os.environ[ADDRESS], "run": self._known}
            self.folder.replace(self.folder.root / FILE, told)
        return self._known

    def _former(self) -> str | None:
        """At another server than the last one it is none."""
        try:
            told = json.loads((self.folder.root / FILE).read_bytes())
        except FileNotFoundError:
            return None
        if told["address"] != os.environ[ADDRESS]:
            return None
        self.client.update_run(told["run"], status="RUNNING")
        return str(told["run"])

    def _begin(self) -> str:
        recipe = self.facts["recipe"]
        name = os.environ["MLFLOW_EXPERIMENT_NAME"]
        found = self.client.get_experiment_by_name(name)
        experiment = found.experiment_id if found else self.client.create_experiment(name)
        title = recipe["name"] or self.folder.root.name
        run_id: str = self.client.create_run(experiment, run_name=title).info.run_id
        told = {name: self.facts[name] for name in ("dataset_version", "dataset_sha256", "code")}
        told["base_sha256"] = self.facts["base"]["sha256"]
        self.client.log_batch(
            run_id,
            params=[self.entities.Param(key, value) for key, value in _flat(recipe)],
            tags=[self.entities.RunTag(key, str(value)) for key, value in told.items()],
        )
        return run_id


def _metrics(line: dict[str, Any]) -> list[dict[str, Any]]:
    now, step = int(time.time() * 1000), line["step"]
    return [
        {"key": key, "value": value, "timestamp": now, "step": step}
        for key, value in line.items()
        if key != "step" and isinstance(value, int | float)
    ]


def _flat(values: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", str(value)
