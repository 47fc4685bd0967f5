"""What a run leaves for drafting: an adapter, its projectors, and where they come from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ml.facetrack_mm.adapters import CONFIG, PROJECTORS, WEIGHTS
from ml.facetrack_mm.lineage import RUN
from ml.training.folder import RunFolder

FILES = (CONFIG, WEIGHTS, PROJECTORS)


def write_result(folder: RunFolder, fill: Callable[[Path], None], facts: dict[str, Any]) -> None:
    """`fill` puts the adapter into a folder that is renamed once it is whole."""
    part = folder.root / ".result.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    fill(part)
    (part / RUN).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(folder.result, ignore_errors=True)
    part.rename(folder.result)


def copied_from(checkpoint: Path) -> Callable[[Path], None]:
    def fill(part: Path) -> None:
        for name in FILES:
            shutil.copyfile(checkpoint / name, part / name)

    return fill
