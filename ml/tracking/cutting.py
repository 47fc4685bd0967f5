"""`python -m ml cut`: the clips of a film in which somebody's face is followed, and their list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import file_digest
from pathlib import Path

from ml.confinement import Limits
from ml.faces.protocols import FaceModels
from ml.tracking.analysis import analyse
from ml.tracking.decoding import decoded, run_confined
from ml.tracking.films import Excerpt, Lengths
from ml.tracking.settings import TrackingSettings

# Decoding hours of a large picture takes hours of two cores.
FILM = Limits(
    address_space=4 * 2**30, cpu_s=10 * 3600, wall_s=10 * 3600, file_size=0, descriptors=64
)
ENCODING = Limits(
    address_space=4 * 2**30, cpu_s=1200, wall_s=1800, file_size=4 * 2**30, descriptors=64
)


@dataclass
class FilmCutter:
    film: Path
    out: Path
    models: FaceModels
    settings: TrackingSettings
    lengths: Lengths
    kept: int = 0

    @property
    def manifest(self) -> Path:
        return self.out / f"{self.film.stem}.jsonl"

    def cut(self) -> Iterator[dict[str, object]]:
        """
        A line for each shot. Those with a face are clips, and records of the manifest, which the
        platform imports leniently: it leaves out where in the film a clip was.
        """
        self.out.mkdir(parents=True, exist_ok=True)
        excerpts = self._excerpts()
        partial = self.manifest.with_suffix(".part")
        with partial.open("w") as manifest:
            for number, excerpt in enumerate(excerpts, 1):
                clip = self.out / f"{self.film.stem}-{number:04}.mp4"
                has_face = self._write(clip, excerpt)
                if has_face:
                    manifest.write(json.dumps(self._record(clip, excerpt)) + "\n")
                    self.kept += 1
                yield {
                    "clip": clip.name,
                    "start_s": round(excerpt.start_s, 3),
                    "stop_s": round(excerpt.stop_s, 3),
                    "has_face": has_face,
                }
        partial.replace(self.manifest)

    def _excerpts(self) -> list[Excerpt]:
        lengths = ["--least", str(self.lengths.least), "--most", str(self.lengths.most)]
        answer = run_confined(["shots", str(self.film.resolve()), *lengths], FILM)
        return [Excerpt(**found) for found in answer["excerpts"]]

    def _write(self, clip: Path, excerpt: Excerpt) -> bool:
        """Whether there is such a clip now: one without a face is not kept."""
        part = clip.with_suffix(".part")
        span = ["--start", str(excerpt.start), "--stop", str(excerpt.stop)]
        source, target = str(self.film.resolve()), str(part.resolve())
        run_confined(["excerpt", *span, source, target], ENCODING)
        with decoded(part) as (header, frames):
            record = analyse(frames, header, self.models, self.settings).record
        if record.screening.has_face:
            part.replace(clip)
        part.unlink(missing_ok=True)
        return record.screening.has_face

    def _record(self, clip: Path, excerpt: Excerpt) -> dict[str, object]:
        return {
            "video": clip.name,
            "source_video": self.film.name,
            "film_sha256": self._film_sha256,
            "start": excerpt.start,
            "stop": excerpt.stop,
            "start_s": round(excerpt.start_s, 6),
            "stop_s": round(excerpt.stop_s, 6),
            "sha256": _sha256(clip),
        }

    @cached_property
    def _film_sha256(self) -> str:
        return _sha256(self.film)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
