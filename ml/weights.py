"""The weights of the networks: where they are kept, and that they are the right ones."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ml.packages import Package, Unfetchable, fetch, read_table, sha256_of

ROOT = Path(__file__).resolve().parents[1]
# Hexadecimal digits that tell two files apart in the name of a backend.
VERSION_DIGITS = 12
# Tells "nobody has fetched them" from "nobody can, here and now".
UNFETCHABLE = "unfetchable.txt"
FETCH_AGAIN = "Fetch it with: python -m ml fetch-models"


class WeightsUnusable(Exception):
    """A network cannot be loaded; the message says what to do."""

    code = "weights_unusable"


class WeightsMissing(WeightsUnusable):
    code = "weights_missing"


class WeightsDamaged(WeightsUnusable):
    code = "wrong_hash"


@dataclass(frozen=True)
class Weights:
    path: Path
    content: bytes

    @property
    def version(self) -> str:
        return sha256_of(self.content)[:VERSION_DIGITS]


def models_folder() -> Path:
    return Path(os.environ.get("MODELS_DIR") or ROOT / "var" / "models")


@cache
def table() -> list[Package]:
    return read_table(Path(__file__).with_suffix(".toml"))


def fetch_models(folder: Path, options: Collection[str] = ()) -> list[Path]:
    """
    The files that were missing; those of an option only where it is asked for. Where they could
    not be had the folder says so until they can.
    """
    wanted = [package for package in table() if not package.option or package.option in options]
    try:
        written = fetch(wanted, folder)
    except Unfetchable as problem:
        (folder / UNFETCHABLE).write_text(f"{problem}\n", encoding="utf-8")
        raise
    (folder / UNFETCHABLE).unlink(missing_ok=True)
    return written


def why_unfetchable(folder: Path) -> str | None:
    """What stood in the way the last time, if something did."""
    try:
        return (folder / UNFETCHABLE).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def fetched_weights(folder: Path, name: str) -> Weights:
    """Weights of our table, which must have the hash that stands there."""
    ((package, expected),) = (
        (package, file) for package in table() for file in package.files if file.name == name
    )
    advice = f"{FETCH_AGAIN} --with {package.option}" if package.option else FETCH_AGAIN
    weights = own_weights(folder / name, advice)
    if sha256_of(weights.content) != expected.sha256:
        raise WeightsDamaged(f"{weights.path} is damaged or another file. {advice}")
    return weights


def own_weights(path: Path, advice: str = "Check the path.") -> Weights:
    """Weights that somebody brought along: whatever the file holds."""
    try:
        return Weights(path, path.read_bytes())
    except OSError as error:
        raise WeightsMissing(f"{path} cannot be read ({error.strerror}). {advice}") from None
