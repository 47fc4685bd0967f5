"""
What drafts cost beside the model: a draft by rules from the record of a clip of twenty seconds with
two busy faces, and a model's free text read into a document with its proposed inferences.

    python -m bench.drafting
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from annotation import captions
from ml.drafting.free_text import read_free_text
from ml.drafting.protocols import Drafted
from ml.drafting.signals import draft_from_record
from ml.records import FaceRecord
from ml.signals import columns
from tests.ml.drafting.made_records import record

RESULTS = Path(__file__).parent / "results" / "drafting.json"
SAMPLED = 20 * 16
CALLS = 200
TOLD = "Describe the face in this video: its looks, how it changes, and one sentence in sum. " * 20
TEXT = (
    "**Appearance:** A young man with short hair looks at the camera.\n\n"
    "At the beginning of the video, his brows rise, as if surprised. As the video progresses, he "
    "turns his head to his left and blinks twice, suggesting doubt. In the middle of the video, "
    "his lips part and he seems to speak. Towards the end of the video, he smiles.\n\n"
    "Summary: A man is surprised by what he hears."
)


@dataclass(frozen=True)
class Cost:
    work: str
    wall_ms: float
    cpu_ms: float
    an_hour: int


def busy_face(phase: float) -> np.ndarray:
    """Every curve rises and falls some times, at its own pace."""
    rng = np.random.default_rng(round(100 * phase))
    times = np.linspace(0, 2 * np.pi, SAMPLED)[:, None]
    paces = rng.uniform(2, 12, columns.ROW)
    table = np.maximum(0, np.sin(paces * times + phase)).astype(np.float32)
    table[:, [columns.YAW, columns.PITCH, columns.ROLL]] *= 25
    table[:, columns.PRESENCE] = 1
    return table


def cost(work: str, call: Callable[[], object]) -> Cost:
    call()
    wall, cpu = [], []
    for _ in range(CALLS):
        wall_start, cpu_start = time.perf_counter(), time.process_time()
        call()
        cpu.append((time.process_time() - cpu_start) * 1000)
        wall.append((time.perf_counter() - wall_start) * 1000)
    wall_ms, cpu_ms = statistics.median(wall), statistics.median(cpu)
    return Cost(work, round(wall_ms, 2), round(cpu_ms, 2), round(3_600_000 / wall_ms))


def read_text() -> captions.CaptionDocument:
    outcome = read_free_text(TEXT, TOLD)
    if not isinstance(outcome, Drafted) or not isinstance(outcome.content, str):
        raise RuntimeError("The text was refused.")
    return captions.from_generated(outcome.content)


def main() -> None:
    found = record(busy_face(0.0), busy_face(1.0))
    packed = found.to_gzip()
    rows = [
        cost("record read", lambda: FaceRecord.parse_gzip(packed)),
        cost("draft by rules", lambda: draft_from_record(found)),
        cost("free text read", read_text),
    ]
    for row in rows:
        print(f"{row.work:<16} {row.wall_ms:>8.2f} ms {row.cpu_ms:>8.2f} ms of CPU")
    machine = f"{os.cpu_count()} CPU cores, shared"
    report = {"machine": machine, "calls": CALLS, "rows": [asdict(row) for row in rows]}
    RESULTS.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
