"""Which face networks to use, and how."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

DetectorName = Literal["centerface", "yunet", "scrfd", "damofd"]
EmbedderName = Literal["mobilefacenet", "dlib", "sface", "arcface", "transface"]
FETCHED = ("centerface", "mobilefacenet", "dlib")


@dataclass(frozen=True)
class FacesConfig:
    """
    The networks of FETCHED come by `fetch-models`; the others are a file of the user's own.

    `long_side` is the size in pixels at which faces are looked for, `min_score` the certainty
    from which on one counts. None means what the detector's makers use.
    """

    models_dir: Path
    detector: DetectorName = "centerface"
    detector_path: Path | None = None
    embedder: EmbedderName = "mobilefacenet"
    embedder_path: Path | None = None
    long_side: int | None = None
    min_score: float | None = None
    threads: int = 2

    def __post_init__(self) -> None:
        if self.long_side is not None and self.long_side < 32:
            raise ValueError("Faces cannot be looked for in a picture under 32 pixels.")
        if self.min_score is not None and not 0 < self.min_score < 1:
            raise ValueError("The least score of a face lies between 0 and 1.")
        if self.threads < 1:
            raise ValueError("A network needs at least one thread.")
        _check_path(self.detector, self.detector_path)
        _check_path(self.embedder, self.embedder_path)


def _check_path(network: str, path: Path | None) -> None:
    if (network in FETCHED) != (path is None):
        what = "is fetched and takes no path" if path else "is not fetched: name your own file"
        raise ValueError(f"{network} {what}.")
