"""
Clips a second that are learned from, by what is kept of frozen parts and how clips are batched.

A model of about three million parameters with a tower, an encoder of faces and both connectors, on
one thread of a processor. The plain loop reads each clip and asks the towers each time it is
shown. Every way runs in a process of its own, whose peak memory is told, one after the other in
turns, so that a busy machine slows them alike; the ratios are what holds elsewhere.

    python -m bench.training
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import torch

from ml.facetrack_mm.adapters import Adapters, lora
from ml.facetrack_mm.config import LanguageConfig, VisionConfig
from ml.facetrack_mm.model import FaceTrackModel
from ml.facetrack_mm.presets import PRESETS
from ml.facetrack_mm.prompt import Conversation, PromptWriter
from ml.facetrack_mm.reading import ClipReader
from ml.facetrack_mm.splicing import Row
from ml.facetrack_mm.tiny import speller
from ml.training.examples import TrainingExample
from ml.training.features import FeatureFiles, FrozenParts, KeptFeatures
from ml.training.learner import Learner, ready_to_learn
from ml.training.order import Grouping, Order
from ml.training.presets import resolve
from ml.training.reading import read_clip
from ml.training.recipe import Projector
from ml.training.rows import Clips, collate
from tests.clips import Recipe, make_clip, steady
from tests.ml.facetrack_mm.records import record, track

RESULTS = Path(__file__).parent / "results" / "training.json"
CLIPS, BATCH, ROUNDS = 8, 4, 3
SEED = 0
# Words and word parts of published captions; here each character is one.
LENGTHS = (20, 306)
CONFIG = replace(
    PRESETS["tiny"],
    language=LanguageConfig(
        vocab_size=256,
        hidden_size=192,
        intermediate_size=512,
        num_hidden_layers=4,
        num_attention_heads=6,
        num_key_value_heads=2,
    ),
    vision=VisionConfig(
        hidden_size=128,
        intermediate_size=512,
        num_hidden_layers=6,
        num_attention_heads=4,
        image_size=112,
    ),
)


@dataclass(frozen=True)
class Way:
    """`against` is the plain loop that learns the same weights."""

    name: str
    keeps: bool
    projectors: Projector
    by_length: bool = False

    @property
    def against(self) -> str:
        return PLAIN[self.projectors]


PLAIN: dict[Projector, str] = {
    "trained": "plain loop, projectors learn",
    "frozen": "plain loop, projectors are frozen",
}
WAYS = [
    Way(PLAIN["trained"], False, "trained"),
    Way("kept features, projectors learn", True, "trained"),
    Way(PLAIN["frozen"], False, "frozen"),
    Way("kept tokens, projectors are frozen", True, "frozen"),
    Way("kept tokens, projectors are frozen, by length", True, "frozen", by_length=True),
]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--way", type=int)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    if arguments.way is not None:
        print(json.dumps(_measure(WAYS[arguments.way], arguments.folder)))
        return
    with TemporaryDirectory() as folder:
        _make_clips(Path(folder))
        rounds = [
            [_in_a_process(place, folder) for place in range(len(WAYS))] for _ in range(ROUNDS)
        ]
    speeds = {way.name: median(each[place][0] for each in rounds) for place, way in enumerate(WAYS)}
    rows = [
        {
            "way": way.name,
            "clips_a_second": round(speeds[way.name], 2),
            "times_plain": round(speeds[way.name] / speeds[way.against], 2),
            "peak_gib": round(median(each[place][1] for each in rounds), 3),
        }
        for place, way in enumerate(WAYS)
    ]
    content = {"machine": "one of 2 CPU cores, shared", "clips": CLIPS, "rows": rows}
    RESULTS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(content, indent=1))


def _in_a_process(way: int, folder: str) -> tuple[float, float]:
    """Clips a second, and the peak in GiB."""
    command = [sys.executable, "-m", "bench.training", "--way", str(way), "--folder", folder]
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603 -- our own
    speed, peak = json.loads(ended.stdout)
    return speed, peak


def _measure(way: Way, folder: Path) -> tuple[float, float]:
    """An epoch, after what is kept was made."""
    examples = [TrainingExample(**line) for line in json.loads((folder / "clips").read_bytes())]
    torch.manual_seed(SEED)
    model = FaceTrackModel(CONFIG)
    adapters = Adapters(model)
    adapters.add("learns", lora(dropout=0.0))
    learns = way.projectors == "trained"
    projectors = {"video_projector": way.projectors, "face_projector": way.projectors}
    recipe = resolve({"preset": "tiny", "train": projectors})
    learner = ready_to_learn(FrozenParts(model, learns, learns), recipe).train()
    writer = PromptWriter(speller(), CONFIG)
    words = [writer.answer(each.answer, each.instruction) for each in examples]
    steps = (
        _kept(learner, folder, way, Told(examples, words))
        if way.keeps
        else _plain(learner, Told(examples, words))
    )
    started = perf_counter()
    clips = sum(steps)
    seconds = perf_counter() - started
    return clips / seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 2**30


@dataclass(frozen=True)
class Told:
    examples: Sequence[TrainingExample]
    words: Sequence[Conversation]


def _plain(learner: Learner, told: Told) -> Iterator[int]:
    """Yields the clips of each step; each is read and looked at when it is shown."""
    reader, optimizer = ClipReader(CONFIG), _optimizer(learner)
    for start in range(0, len(told.examples), BATCH):
        seen = [read_clip(reader, each) for each in told.examples[start : start + BATCH]]
        rows = [
            Row(each.ids, clip.pixels, clip.faces, each.labels)
            for each, clip in zip(told.words[start : start + BATCH], seen, strict=True)
        ]
        _step(optimizer, learner.model(rows))
        yield len(rows)


def _kept(learner: Learner, folder: Path, way: Way, told: Told) -> Iterator[int]:
    reader = ClipReader(CONFIG)
    files = FeatureFiles(folder / "features", way.projectors)
    parts = learner.parts
    make = KeptFeatures(files, lambda example: parts.features(read_clip(reader, example)))
    for example in told.examples:
        make(example)
    return _steps(learner, Clips(told.examples, told.words, make), way.by_length)


def _steps(learner: Learner, clips: Clips, by_length: bool) -> Iterator[int]:
    grouping = Grouping(clips.lengths, BATCH) if by_length else None
    places = list(Order(len(clips), SEED, grouping))
    optimizer = _optimizer(learner)
    for start in range(0, len(places), BATCH):
        batch = collate([clips[place] for place in places[start : start + BATCH]])
        _step(optimizer, learner(**batch)["loss"])
        yield len(batch["items"])


def _optimizer(learner: Learner) -> torch.optim.Optimizer:
    return torch.optim.AdamW(each for each in learner.parameters() if each.requires_grad)


def _step(optimizer: torch.optim.Optimizer, loss: torch.Tensor) -> None:
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()


def _make_clips(folder: Path) -> None:
    """Two seconds each; answers are between a few words and a long caption."""
    drawn = random.Random(SEED)  # noqa: S311 -- lengths, not a secret
    told = [_make_clip(folder, number, drawn.randrange(*LENGTHS)) for number in range(CLIPS)]
    (folder / "clips").write_text(json.dumps(told), encoding="utf-8")


def _make_clip(folder: Path, number: int, length: int) -> dict[str, object]:
    video = make_clip(
        folder / f"{number}.mp4",
        Recipe(f"{number}.mp4", *steady(Fraction(16), 32), width=640, height=480),
    )
    faces = record(track(1, dict.fromkeys(range(32), 200)), length=32)
    stored = folder / f"{number}.json.gz"
    stored.write_bytes(replace(faces, width=640, height=480).to_gzip())
    return {
        "id": str(number),
        "video": str(video),
        "faces": str(stored),
        "instruction": "What changes?",
        "answer": ("she smiles and " * length)[:length],
        "sha256": hashlib.sha256(f"{number}".encode()).hexdigest(),
    }


if __name__ == "__main__":
    main()
