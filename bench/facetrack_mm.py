"""
Clips an hour that FaceTrack-MM drafts, by how many it takes at a time.

On a GPU with the paper's sizes and random weights, by the clock. On a processor with the small
model on one thread, by that thread's own time, which holds on a busy machine too. One clip at a
time is the plain way, with which the others are compared in the same run. Every draft has the mean
length of a published caption, and every clip sixteen frames that are read already.

    python -m bench.facetrack_mm
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import perf_counter, process_time

import torch

from ml.facetrack_mm.checkpoints import build_empty, load_model
from ml.facetrack_mm.config import FaceTrackConfig, GenerationConfig
from ml.facetrack_mm.landmark_numbers import LANDMARK_NUMBERS
from ml.facetrack_mm.mini import mini_folder
from ml.facetrack_mm.model import FaceTrackModel
from ml.facetrack_mm.presets import PRESETS
from ml.facetrack_mm.prompt import VIDEO
from ml.facetrack_mm.splicing import Row
from ml.facetrack_mm.tensors import fill
from ml.weights import models_folder

RESULTS = Path(__file__).parent / "results" / "facetrack_mm.json"
BATCHES = (1, 4, 16)
# The mean length of a published caption, and about that of a prompt.
CAPTION, PROMPT = 160, 40
# As the usual draw of weights in transformers.
DEVIATION = 0.02


@dataclass(frozen=True)
class Speed:
    model: str
    batch: int
    clips_an_hour: float
    tokens_a_second: float
    times_plain: float
    peak_gib: float | None

    def line(self) -> str:
        return (
            f"{self.model}, {self.batch:>2} at a time {self.clips_an_hour:>8.1f} clips an hour "
            f"{self.tokens_a_second:>8.1f} tokens a second {self.times_plain:>6.2f} x the plain way"
        )


def random_model(config: FaceTrackConfig, device: str) -> FaceTrackModel:
    model = build_empty(config)
    drawn = {
        name: torch.empty(each.shape, device=device, dtype=torch.bfloat16).normal_(std=DEVIATION)
        for name, each in model.state_dict().items()
    }
    fill(model, drawn, "random weights")
    return model.to(device)


def row(config: FaceTrackConfig) -> Row:
    frames, vision = config.frames.count, config.vision
    ids = [*range(100, 103), VIDEO, *range(103, 103 + PROMPT)]
    if vision is None:
        return Row(ids, faces=torch.randn(1, frames, LANDMARK_NUMBERS))
    side = config.face.encoder.image_size if config.face else 0
    pixels = torch.randn(frames, 3, vision.image_size, vision.image_size)
    return Row(ids, pixels, torch.randn(1, frames, 3, side, side))


def seconds(model: FaceTrackModel, batch: int) -> float:
    clock = perf_counter if torch.cuda.is_available() else process_time
    rows = [row(model.config) for _ in range(batch)]
    started = clock()
    written = model.generate(rows, GenerationConfig(max_new_tokens=CAPTION))
    if any(len(words.ids) != CAPTION for words in written):
        raise RuntimeError("a draft ended before its length")
    return clock() - started


def speeds(name: str, model: FaceTrackModel) -> list[Speed]:
    is_gpu = torch.cuda.is_available()
    model.generate([row(model.config)], GenerationConfig(max_new_tokens=2))
    found: list[Speed] = []
    for batch in BATCHES:
        if is_gpu:
            torch.cuda.reset_peak_memory_stats()
        an_hour = 3600 * batch / seconds(model, batch)
        peak = round(torch.cuda.max_memory_allocated() / 2**30, 1) if is_gpu else None
        times = round(an_hour / (found[0].clips_an_hour if found else an_hour), 2)
        rate = round(an_hour * CAPTION / 3600, 1)
        found.append(Speed(name, batch, round(an_hour, 1), rate, times, peak))
        print(found[-1].line(), flush=True)
    return found


def endless(model: FaceTrackModel) -> FaceTrackModel:
    """Its end is no word, so that every draft is as long as it may be."""
    language = replace(model.config.language, eos_token_id=model.config.language.vocab_size)
    model.config = replace(model.config, language=language)
    return model


def main() -> None:
    if torch.cuda.is_available():
        name, model = "7b", random_model(PRESETS["7b"], "cuda")
        machine = torch.cuda.get_device_name()
    else:
        torch.set_num_threads(1)
        name, model = "mini", load_model(mini_folder(models_folder()), torch.float32)
        machine = f"one of {os.cpu_count()} CPU cores, shared"
    rows = speeds(name, endless(model))
    report = {
        "machine": machine,
        "caption_tokens": CAPTION,
        "rows": [asdict(each) for each in rows],
    }
    RESULTS.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
