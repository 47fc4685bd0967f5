"""Which face networks to use, and how."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

DetectorName = Literal["centerface", "yunet", "scrfd", "damofd"]
EmbedderName = Literal["mobilefacenet", "dlib", "sface", "arcface", "transface"]


@dataclass(frozen=True)
class FacesConfig:
    """
    The first detector and the first two embedders are fetched; the others are a file of the
    user's own, named by path.

    `long_side` is the size in pixels at which faces are looked for, `min_score` the certainty
    from which on one counts.
    """

    models_dir: Path
    detector: DetectorName = "centerface"
    detector_path: Path | None = None
    embedder: EmbedderName = "mobilefacenet"
    embedder_path: Path | None = None
    long_side: int = 480
    min_score: float = 0.5
    threads: int = 2

    def __post_init__(self) -> None:
        if self.long_side < 32:
            raise ValueError("Faces cannot be looked for in a picture under 32 pixels.")
        if not 0 < self.min_score < 1:
            raise ValueError("The least score of a face lies between 0 and 1.")
        if self.threads < 1:
            raise ValueError("A network needs at least one thread.")
        for name, path in (
            (self.detector, self.detector_path),
            (self.embedder, self.embedder_path),
        ):
            if path is None and name not in ("centerface", "mobilefacenet", "dlib"):
                raise ValueError(f"{name} is not fetched: name the path of your own file.")
