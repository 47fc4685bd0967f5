"""Which face networks to use, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self, get_args

from ml.weights import WeightsUnusable, models_folder

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
        _check(self.detector, self.detector_path, DetectorName)
        _check(self.embedder, self.embedder_path, EmbedderName)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """
        FACE_DETECTOR and FACE_EMBEDDER name a network, and after a colon the file of one's own:
        `scrfd:/models/det_10g.onnx`.
        """
        detector, _, detector_path = environment.get("FACE_DETECTOR", cls.detector).partition(":")
        embedder, _, embedder_path = environment.get("FACE_EMBEDDER", cls.embedder).partition(":")
        try:
            return cls(
                models_folder(),
                detector=detector,  # type: ignore[arg-type]  # checked at once
                detector_path=Path(detector_path) if detector_path else None,
                embedder=embedder,  # type: ignore[arg-type]  # checked at once
                embedder_path=Path(embedder_path) if embedder_path else None,
            )
        except ValueError as problem:
            raise WeightsUnusable(f"FACE_DETECTOR or FACE_EMBEDDER: {problem}") from None


def _check(network: str, path: Path | None, names: object) -> None:
    if network not in get_args(names):
        raise ValueError(f"{network!r} is none of {', '.join(get_args(names))}.")
    if (network in FETCHED) != (path is None):
        what = "is fetched and takes no path" if path else "is not fetched: name your own file"
        raise ValueError(f"{network} {what}.")
