"""
Milliseconds that each face network takes for a frame of 640 x 360 pixels with one and five faces.

`cpu_ms` counts what all threads worked, so it holds on a busy machine too; `wall_ms` is the time
that passed. Frames come at 16 a second: 62.5 ms are real time for all networks together.

    python -m bench.faces
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from ml.faces.config import FacesConfig
from ml.faces.loading import load_faces
from ml.faces.records import Picture
from ml.weights import models_folder

ROOT = Path(__file__).resolve().parents[1]
PORTRAIT = ROOT / "tests" / "pictures" / "portrait.jpg"
RESULTS = Path(__file__).parent / "results" / "faces.json"
HEIGHT, WIDTH = 360, 640
CALLS = 60
THREADS = 2


@dataclass(frozen=True)
class Cost:
    network: str
    faces: int
    wall_ms: float
    cpu_ms: float

    def line(self) -> str:
        return (
            f"{self.network:<45} {self.faces} faces {self.wall_ms:>8.1f} ms {self.cpu_ms:>8.1f} ms"
        )


def frame(faces: int) -> Picture:
    """One face of a third of the height, or several smaller ones side by side."""
    columns = WIDTH // faces
    side = min(columns, HEIGHT)
    face = np.asarray(Image.open(PORTRAIT).convert("RGB").resize((side, side)))
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    for number in range(faces):
        rgb[:side, number * columns : number * columns + side] = face
    return rgb


def cost(network: str, faces: int, call: Callable[[], object]) -> Cost:
    """Medians; the first calls are not timed, for they reserve memory."""
    for _ in range(3):
        call()
    wall, cpu = [], []
    for _ in range(CALLS):
        wall_start, cpu_start = time.perf_counter(), time.process_time()
        call()
        cpu.append((time.process_time() - cpu_start) * 1000)
        wall.append((time.perf_counter() - wall_start) * 1000)
    return Cost(network, faces, statistics.median(wall), statistics.median(cpu))


def measure(faces: int) -> list[Cost]:
    models = load_faces(FacesConfig(models_folder(), threads=THREADS))
    rgb = frame(faces)
    found = models.detector(rgb)
    if len(found) != faces:
        raise RuntimeError(f"{len(found)} faces were found where {faces} are.")
    points, boxes = found.landmarks, found.boxes
    return [
        cost(models.detector.backend.key, faces, lambda: models.detector(rgb)),
        cost(models.embedder.backend.key, faces, lambda: models.embedder(rgb, points)),
        cost(models.landmarker.backend.key, faces, lambda: models.landmarker(rgb, boxes, points)),
    ]


def main() -> None:
    costs = [row for faces in (1, 5) for row in measure(faces)]
    for row in costs:
        print(row.line())
    RESULTS.parent.mkdir(exist_ok=True)
    report = {"threads": THREADS, "calls": CALLS, "rows": [vars(row) for row in costs]}
    RESULTS.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
