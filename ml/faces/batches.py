"""Networks that take a fixed number of faces at a time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ml.faces.records import Floats


def in_batches(faces: Floats, size: int, run: Callable[[Floats], Floats]) -> Floats:
    """Every face through `run`, `size` at once; there is at least one face."""
    found = []
    for start in range(0, len(faces), size):
        batch = faces[start : start + size]
        missing = size - len(batch)
        # What fills a batch up is thrown away again.
        filled = np.concatenate([batch, np.repeat(batch[-1:], missing, axis=0)])
        found.append(run(filled).reshape(size, -1)[: len(batch)])
    return np.concatenate(found)
