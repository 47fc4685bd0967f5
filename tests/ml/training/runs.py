"""Runs of the tiny model over clips that are made here: their videos, faces and manifests."""

import hashlib
import json
import sys
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import torch
from safetensors.torch import load_file

from ml.training.running import run
from ml.training.stopping import StopRequest
from tests.clips import Recipe, make_clip, steady
from tests.ml.facetrack_mm.records import record, track

ANSWERS = ["She smiles.", "He blinks, then looks up.", "Her brows rise.", "He nods."]
TINY = {
    "preset": "tiny",
    "lora": {"dropout": 0.1},
    "train": {"epochs": 3, "batch": 1, "micro_batch": 1},
    "save": {"every_steps": 1},
}


def add_clip(folder: Path, number: int) -> dict:
    """Sixteen frames a second of which each is sampled; the clips differ in their numbers."""
    name = f"clip-{number}"
    video = folder / f"{name}.mp4"
    drawn = Recipe(video.name, *steady(Fraction(16), 8), first_number=20 * number)
    make_clip(video, drawn)
    faces = record(track(1, dict.fromkeys(range(8), 40)), length=8)
    faces = replace(faces, width=160, height=96)
    stored = folder / f"{name}.json.gz"
    stored.write_bytes(faces.to_gzip())
    return {
        "id": name,
        "video": str(video),
        "faces": str(stored),
        "instruction": "What changes?",
        "answer": ANSWERS[number % len(ANSWERS)],
        "sha256": hashlib.sha256(video.read_bytes()).hexdigest(),
    }


def write_manifest(path: Path, examples: list[dict], **header) -> Path:
    told = {
        "schema": 1,
        "kind": "training",
        "dataset_version": "v1",
        "dataset_sha256": "0" * 64,
        "instruction_set": {"uid": "set", "version": 1, "seed": 7},
        "split": "train",
        "count": len(examples),
    }
    lines = [told | header, *examples]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@dataclass(frozen=True)
class Place:
    """Where runs of one test lie, beside the clips that all tests share."""

    root: Path
    shared: Path
    examples: list[dict]

    @property
    def models(self) -> Path:
        return self.shared / "models"

    @property
    def features(self) -> Path:
        return self.shared / "features"

    def manifest(self, *numbers: int, split: str = "train") -> Path:
        chosen = [self.examples[number] for number in numbers]
        return write_manifest(self.root / f"{split}.jsonl", chosen, split=split)

    def recipe(self, **changes) -> Path:
        path = self.root / "recipe.json"
        path.write_text(json.dumps(merged(TINY, changes)))
        return path

    def command(self, out: Path, *more: str, python=(sys.executable,)) -> list[str]:
        named = {
            "--recipe": self.root / "recipe.json",
            "--train": self.root / "train.jsonl",
            "--out": out,
            "--models": self.models,
            "--features": self.features,
        }
        if (self.root / "validation.jsonl").exists():
            named["--validation"] = self.root / "validation.jsonl"
        options = [str(part) for pair in named.items() for part in pair]
        return [*python, "-m", "ml", "train", *options, *more]


def merged(values: dict, changes: dict) -> dict:
    inner = {
        name: merged(values.get(name, {}), change) if isinstance(change, dict) else change
        for name, change in changes.items()
    }
    return values | inner


def lines_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def weights_of(folder: Path) -> dict:
    """All that was trained."""
    files = (folder / f"{name}.safetensors" for name in ("adapter_model", "projectors"))
    return {name: tensor for file in files for name, tensor in load_file(file).items()}


def ended(asked, stop=None):
    return run(asked, stop or StopRequest())


def same(one, other):
    return one.keys() == other.keys() and all(torch.equal(one[key], other[key]) for key in one)
