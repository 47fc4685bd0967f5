"""What a run leaves for drafting: an adapter, its projectors, and where they come from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ml.facetrack_mm.adapters import CONFIG, PROJECTORS, WEIGHTS, Adapters
from ml.facetrack_mm.lineage import RUN
from ml.training.folder import RunFolder
from ml.training.opening import NAME

# Every checkpoint has them too, so each is a result of its own.
FILES = (CONFIG, WEIGHTS, PROJECTORS, RUN)


# Of a step, into a folder.
SaveResult = Callable[[int, Path], None]


def write_result(folder: RunFolder, fill: Callable[[Path], None]) -> None:
    """`fill` puts all of it into a folder that is renamed once it is whole."""
    part = folder.root / ".result.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    fill(part)
    shutil.rmtree(folder.result, ignore_errors=True)
    part.rename(folder.result)


def save_result(adapters: Adapters, facts: dict[str, Any], step: int, folder: Path) -> None:
    adapters.save(NAME, folder)
    told = json.dumps(facts | {"step": step}, indent=1)
    (folder / RUN).write_text(told + "\n", encoding="utf-8")


def copied_from(checkpoint: Path) -> Callable[[Path], None]:
    def fill(part: Path) -> None:
        for name in FILES:
            shutil.copyfile(checkpoint / name, part / name)

    return fill
