"""
Decoding, resampling, looking for a crop, and the proxy, in frames a second and times real time.

The clips are made here: soft shapes under a wandering window, with the noise of a camera. Frames a
second count the clip's own frames; real time is the clip's length over the time that it took. The
memory is that of a process that does nothing else.

    python -m bench.media
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from time import perf_counter, process_time

import av
import cv2
import numpy as np
from av.video.frame import VideoFrame

from ml.video.cropping import propose_crop
from ml.video.probing import probe
from ml.video.proxies import write_proxy
from ml.video.streaming import read_header, stream_frames

RATE = 30
SIZES = ((640, 360, 10), (640, 360, 40), (1280, 720, 10), (1920, 1080, 10))
RESULTS = Path(__file__).parent / "results" / "media.json"


@dataclass(frozen=True)
class MediaTime:
    name: str
    width: int
    height: int
    duration_s: int
    frames_per_s: float
    times_real_time: float
    cores: float  # of processor time a second of video, which a busy machine does not change

    def line(self) -> str:
        return (
            f"{self.name:<28} {self.width:>5} x {self.height:<5}{self.duration_s:>3} s "
            f"{self.frames_per_s:>8.0f} frames/s {self.times_real_time:>7.1f} x real time "
            f"{self.cores:>6.2f} processor s/s"
        )


def make_clip(path: Path, width: int, height: int, duration_s: int) -> None:
    random = np.random.default_rng(1)
    soft = random.integers(0, 256, (40, 60, 3), np.uint8)
    scenery = cv2.resize(soft, (2 * width, 2 * height), interpolation=cv2.INTER_CUBIC)
    noise = random.integers(0, 8, (height, width, 3), np.uint8)
    with av.open(str(path), "w") as output:
        video = output.add_stream("libx264", RATE, {"crf": "23", "preset": "veryfast"})
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        for index in range(RATE * duration_s):
            left, top = (
                int(side / 2 * (1 + np.sin(index / period)))
                for side, period in ((width, 40), (height, 55))
            )
            window = scenery[top : top + height, left : left + width]
            picture = np.asarray(cv2.add(window, np.roll(noise, 37 * index, axis=1)), np.uint8)
            frame = VideoFrame.from_ndarray(picture, "rgb24")
            frame.pts, frame.time_base = index, Fraction(1, RATE)
            output.mux(video.encode(frame))
        output.mux(video.encode(None))


def times(path: Path, width: int, height: int, duration_s: int) -> list[MediaTime]:
    work: dict[str, Callable[[], object]] = {
        "probe": lambda: probe(path),
        "16 a second as arrays": lambda: sum(1 for _ in stream_frames(path)),
        "all frames as arrays": lambda: sum(1 for _ in stream_frames(path, rate=None)),
        "16 a second and a crop": lambda: propose_crop(read_header(path), stream_frames(path)),
        "proxy": lambda: write_proxy(path, path.with_name("proxy.mp4")),
    }
    rows = []
    for name, run in work.items():
        start, start_of_processor = perf_counter(), process_time()
        run()
        took, processor = perf_counter() - start, process_time() - start_of_processor
        speeds = (RATE * duration_s / took, duration_s / took, processor / duration_s)
        rows.append(MediaTime(name, width, height, duration_s, *(round(x, 3) for x in speeds)))
    return rows


def peak_mib(path: Path) -> float:
    argv = [sys.executable, "-m", "ml", "frames", str(path)]
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL) as child:  # noqa: S603 - our own file
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit("The frames could not be read.")
    return usage.ru_maxrss / 1024


def main() -> None:
    rows: list[MediaTime] = []
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / "clip.mp4"
            make_clip(path, *size)
            rows += times(path, *size)
            peaks.append(dict(zip(("width", "height", "duration_s"), size, strict=True)))
            peaks[-1]["peak_mib"] = round(peak_mib(path))
    for row in rows:
        print(row.line())
    for peak in peaks:
        print("{width} x {height}, {duration_s} s: {peak_mib} MiB at most".format(**peak))
    RESULTS.write_text(
        json.dumps({"rows": [asdict(row) for row in rows], "peaks": peaks}, indent=1) + "\n"
    )


if __name__ == "__main__":
    main()
