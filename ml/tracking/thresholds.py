"""The numbers in the code that decide what is in a record, as one key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from types import ModuleType
from typing import Any

import numpy as np

from ml.faces import alignment, blendshapes, candidates, pose, records
from ml.signals import actions, columns, events
from ml.tracking import (
    areas,
    joining,
    looking,
    pictures,
    screening,
    selection,
    shots,
    tracklets,
    two_means,
)
from ml.video import sampling, streaming

DECIDING = (
    *(alignment, blendshapes, candidates, pose, records),
    *(actions, columns, events),
    *(areas, joining, looking, pictures, screening, selection, shots, tracklets, two_means),
    *(sampling, streaming),
)


def thresholds_key(modules: Iterable[ModuleType] = DECIDING) -> str:
    """Another one whenever a constant of the modules has another value."""
    constants = {module.__name__: _constants(module) for module in modules}
    text = json.dumps(constants, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _constants(module: ModuleType) -> dict[str, object]:
    public = (name for name in vars(module) if name.isupper() and not name.startswith("_"))
    return {name: getattr(module, name) for name in public}


def _plain(value: Any) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, np.ndarray):
        return value.tolist()
    raise TypeError(f"Say here how {type(value).__name__} is written down.")
