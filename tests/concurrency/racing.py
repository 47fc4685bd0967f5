"""Starts calls at the same moment, each on a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from annotation.errors import WorkflowError

START_TIMEOUT_S = 30


def race(*calls: Callable[[], object]) -> list[object]:
    """What each call returned, or the WorkflowError it raised, in the order of the calls."""
    start = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            start.wait(timeout=START_TIMEOUT_S)
            return call()
        except WorkflowError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def codes(results: list[object]) -> list[str]:
    """ "done" or the code of the refusal, sorted."""
    return sorted(
        result.code if isinstance(result, WorkflowError) else "done" for result in results
    )
