"""
What it takes to follow the faces of a clip, by stage and as a whole, with one and five faces.

`cpu_ms` a sampled frame counts what all threads worked, so it holds on a busy machine too. Frames
come at 16 a second: 62.5 ms of passed time are real time. The peaks are of processes that track
clips of growing length, so their differences are what grows.

    python -m bench.tracking
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import av
from av.video.frame import VideoFrame

from bench.faces import frame as picture_of
from ml.faces.config import FacesConfig
from ml.faces.loading import load_faces
from ml.tracking.analysis import analyse
from ml.tracking.pictures import Pictures
from ml.tracking.settings import TrackingSettings
from ml.tracking.shots import histogram
from ml.tracking.strongsort import StrongSortTracker
from ml.video.sampling import RATE
from ml.video.streaming import read_header, stream_frames
from ml.weights import models_folder

RESULTS = Path(__file__).parent / "results" / "tracking.json"
FACES = (1, 5)
DURATION_S = 10
PEAK_DURATIONS_S = (5, 20, 60)
# The clip's own frames, of which RATE are sampled.
NATIVE_RATE = 24


@dataclass
class Stage:
    name: str
    wall_s: float = 0.0
    cpu_s: float = 0.0

    def timed(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            wall, cpu = perf_counter(), process_time()
            try:
                return call(*arguments, **named)
            finally:
                self.wall_s += perf_counter() - wall
                self.cpu_s += process_time() - cpu

        return run


@dataclass(frozen=True)
class Cost:
    faces: int
    stage: str
    wall_ms: float
    cpu_ms: float
    real_time: float

    @classmethod
    def of(cls, faces: int, stage: Stage, frames: int) -> Cost:
        wall_ms, cpu_ms = (1000 * total / frames for total in (stage.wall_s, stage.cpu_s))
        return cls(
            faces, stage.name, round(wall_ms, 2), round(cpu_ms, 2), round(1000 / RATE / wall_ms, 2)
        )

    def line(self) -> str:
        return (
            f"{self.faces} faces  {self.stage:<12} {self.wall_ms:>8.2f} ms {self.cpu_ms:>8.2f} ms "
            f"of processor {self.real_time:>7.2f} x real time"
        )


class _Timed:
    """A network or tracker whose calls are counted; everything else is its own."""

    def __init__(self, wrapped: Any, stage: Stage) -> None:
        self._wrapped, self._call = wrapped, stage.timed(wrapped)

    def __call__(self, *arguments: Any) -> Any:
        return self._call(*arguments)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._wrapped, name)


def _timed(network: Any, stage: Stage) -> Any:
    return _Timed(network, stage)


def make_clip(path: Path, faces: int, duration_s: int) -> None:
    picture = picture_of(faces)
    with av.open(str(path), "w") as output:
        video = output.add_stream("libx264", NATIVE_RATE, {"preset": "veryfast"})
        video.height, video.width = picture.shape[:2]
        video.pix_fmt = "yuv420p"
        for index in range(NATIVE_RATE * duration_s):
            # Up and down by a few pixels, so that no two frames are the same.
            moved = picture.copy()
            moved[: index % 12] = 0
            output.mux(video.encode(VideoFrame.from_ndarray(moved, "rgb24")))
        output.mux(video.encode(None))


def costs(path: Path, faces: int) -> Iterator[Cost]:
    header = read_header(path)
    decoding, cuts, pictures = Stage("decode"), Stage("cuts"), Stage("pictures")
    frames = decoding.timed(lambda: list(stream_frames(path)))()
    for frame in frames:
        cuts.timed(histogram)(frame.rgb)
        pictures.timed(Pictures(1).add)(0, frame.rgb, starts_shot=False)
    detecting, embedding, meshing = Stage("detector"), Stage("embedder"), Stage("landmarker")
    models = load_faces(FacesConfig(models_folder()))
    models = replace(
        models,
        detector=_timed(models.detector, detecting),
        embedder=_timed(models.embedder, embedding),
        landmarker=_timed(models.landmarker, meshing),
    )
    following, chain = Stage("tracker"), Stage("whole chain")
    tracker = StrongSortTracker(TrackingSettings())
    tracker.follow = following.timed(tracker.follow)  # type: ignore[method-assign]
    chain.timed(analyse)(stream_frames(path), header, models, tracker=tracker)
    for stage in (decoding, cuts, pictures, detecting, embedding, meshing, following, chain):
        yield Cost.of(faces, stage, len(frames))


def track(path: Path) -> None:
    models = load_faces(FacesConfig(models_folder()))
    analyse(stream_frames(path), read_header(path), models)


def own_peak_mib() -> float:
    """Read here: what the system tells the parent of a child includes the parent's own peak."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def peak_mib(path: Path) -> float:
    argv = [sys.executable, "-m", "bench.tracking", str(path)]
    child = subprocess.run(argv, check=True, stdout=subprocess.PIPE)  # noqa: S603 - our own file
    return float(child.stdout.splitlines()[-1])


def main() -> None:
    rows: list[Cost] = []
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        for faces in FACES:
            make_clip(path, faces, DURATION_S)
            rows += costs(path, faces)
        for faces in FACES:
            for duration_s in PEAK_DURATIONS_S:
                make_clip(path, faces, duration_s)
                peak = {"faces": faces, "duration_s": duration_s, "mib": round(peak_mib(path))}
                peaks.append(peak)
    for row in rows:
        print(row.line())
    for peak in peaks:
        print("{faces} faces, {duration_s} s: {mib} MiB at most".format(**peak))
    RESULTS.write_text(
        json.dumps({"rows": [asdict(row) for row in rows], "peaks": peaks}, indent=1) + "\n"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        track(Path(sys.argv[1]))
        print(own_peak_mib())
    else:
        main()
