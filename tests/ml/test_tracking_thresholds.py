"""Another threshold makes other backends, so that nobody has to remember to say so."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import ml
from ml.signals import actions, events
from ml.tracking import selection, shots
from ml.tracking.thresholds import DECIDING, thresholds_key

ML = Path(ml.__file__).parent
# They have constants of which none is in a record, or have a key of their own.
OTHERS = {
    "ml.signals.checking",
    "ml.signals.claims",
    "ml.tracking.cutting",
    "ml.tracking.decoding",
    "ml.tracking.films",
    "ml.tracking.listing",
    "ml.tracking.rendering",
    "ml.tracking.settings",
    "ml.tracking.thresholds",
}


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (
            actions,
            "ACTIONS",
            actions.ACTIONS | {"smile": replace(actions.ACTIONS["smile"], enter=0.31)},
        ),
        (events, "BRIDGE", 4),
        (shots, "BINS", [16, 8, 9]),
        (selection, "WEAK_AREA", 1.6),
    ],
)
def test_a_changed_threshold_is_another_key(monkeypatch, module, name, value):
    key = thresholds_key()
    assert thresholds_key() == key
    monkeypatch.setattr(module, name, value)
    assert thresholds_key() != key


def test_every_module_with_constants_counts_or_is_known_not_to():
    modules = [
        f"{folder.parent.name}.{folder.name}.{file.stem}"
        for folder in (ML / "signals", ML / "tracking")
        for file in folder.glob("*.py")
        if re.search(r"^[A-Z][A-Z_]*(:.*)? = ", file.read_text(), re.MULTILINE)
    ]
    assert set(modules) - {module.__name__ for module in DECIDING} == OTHERS
