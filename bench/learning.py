"""
Whether the small model learns to tell made facial events on a processor, by `python -m ml train`'s
own path, against the model before it, every fixed caption that was tried, and chance.

Goes on where it was stopped. Four minutes of one core.

    python -m bench.learning
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import process_time

import torch

from bench.made_faces import (
    INSTRUCTION,
    KINDS,
    MadeClip,
    as_faces,
    made_clips,
    write_clip,
    write_manifest,
)
from ml.evaluation.evaluating import Captions, Evaluation, evaluate
from ml.evaluation.scoring import Row as ScoredRow
from ml.facetrack_mm.adapters import Adapters
from ml.facetrack_mm.checkpoints import load_model
from ml.facetrack_mm.config import GenerationConfig
from ml.facetrack_mm.model import FaceTrackModel
from ml.facetrack_mm.prompt import PromptWriter, load_tokenizer
from ml.facetrack_mm.splicing import Row
from ml.metrics.frozen_events import FrozenEvents
from ml.metrics.offline_judge import OfflineJudge
from ml.training.bases import find_base
from ml.training.opening import open_student
from ml.training.presets import resolve
from ml.training.running import Asked, run
from ml.training.stopping import StopRequest
from ml.weights import models_folder

RESULTS = Path(__file__).parent / "results" / "learning.json"
WORK = Path("var/bench/learning")
LEARNED, HELD_OUT = 240, 40
RECIPE = {
    "name": "made faces",
    "preset": "mini",
    "seed": 1,
    "train": {"epochs": 2, "batch": 4, "micro_batch": 4, "learning_rate": 1e-3},
    "save": {"every_steps": 30},
}
# A caption of the made ones has 12 words and word parts.
LONGEST = GenerationConfig(max_new_tokens=40)
AT_ONCE = 20
METRICS = ("autodq", "tem")


@dataclass(frozen=True)
class Against:
    """By how much the trained model's event F1 is higher, with the 95 % interval of resampling."""

    other: str
    f1: float
    higher_by: float
    low: float
    high: float
    wins: int
    losses: int


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    arguments.work.mkdir(parents=True, exist_ok=True)
    started = process_time()
    ended = _learn(arguments.work)
    if ended["status"] != "done":
        print(json.dumps(ended))
        return
    seconds = round(process_time() - started)
    held_out = made_clips(HELD_OUT, seed=2)
    told = _score(arguments.work / "run" / "result", held_out)
    content = {"recipe": RECIPE, "clips": [LEARNED, HELD_OUT], "cpu_seconds": seconds, **told}
    RESULTS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(content, indent=1))


def _learn(work: Path) -> dict[str, object]:
    models, features = models_folder(), work / "features"
    base = find_base("mini", models)
    (work / "recipe.json").write_text(json.dumps(RECIPE), encoding="utf-8")
    student = open_student(resolve(RECIPE), base, models, features)
    clips = work / "clips"
    clips.mkdir(exist_ok=True)
    examples = [write_clip(clip, clips, student.files) for clip in made_clips(LEARNED, seed=1)]
    write_manifest(work / "train.jsonl", examples)
    del student
    asked = Asked(
        recipe=work / "recipe.json",
        train=work / "train.jsonl",
        validation=None,
        out=work / "run",
        models=models,
        features=features,
        goes_on=True,
    )
    stop = StopRequest()
    stop.listen()
    return run(asked, stop)


def _score(result: Path, held_out: Sequence[MadeClip]) -> dict[str, object]:
    references = {clip.name: clip.caption for clip in held_out}
    fixed = _best_fixed(references)
    candidates = {
        "trained": _drafts(held_out, result),
        "untrained": _drafts(held_out, None),
        "best fixed caption": dict.fromkeys(references, fixed),
    }
    evaluation = _evaluate(candidates, references)
    rows = {row.name: row for row in evaluation.rows}
    return {
        "judge": evaluation.judge,
        "best_fixed_caption": fixed,
        "trained_f1": _f1(evaluation, rows["trained"]),
        "against": [
            asdict(_against(evaluation, rows["trained"], row))
            for name, row in rows.items()
            if name != "trained"
        ],
        "examples": [
            {"reference": references[name], "trained": told, "untrained": before}
            for (name, told), before in zip(
                list(candidates["trained"].items())[:5],
                candidates["untrained"].values(),
                strict=False,
            )
        ],
    }


def _best_fixed(references: Captions) -> str:
    """Of every reference, every single event, and all events at once, by the same F1."""
    acts = [kind.told[0] for kind in KINDS.values()]
    tried = {*references.values(), *(f"The person {act}." for act in acts)}
    tried.add(" ".join(f"The person {act}." for act in acts))
    candidates = {text: dict.fromkeys(references, text) for text in sorted(tried)}
    evaluation = _evaluate(candidates, references)
    scores = {row.name: _f1(evaluation, row) for row in evaluation.rows if row.name in tried}
    return max(scores, key=scores.__getitem__)


def _evaluate(candidates: Mapping[str, Captions], references: Captions) -> Evaluation:
    judge = OfflineJudge.without_network()
    return evaluate(
        candidates,
        references,
        metrics=METRICS,
        judge=judge,
        frozen=FrozenEvents(None, judge.name),
        progress=lambda *_: None,
        judges_chance=True,
        rewrites=False,
        seed=0,
    )


def _f1(evaluation: Evaluation, row: ScoredRow) -> float:
    score = evaluation.score(row, "autodq")
    return round(score.value, 3) if score else 0.0


def _against(evaluation: Evaluation, trained: ScoredRow, other: ScoredRow) -> Against:
    found = evaluation.difference(trained, other, "autodq")
    if found is None:
        raise ValueError("nothing was judged")
    ends = found.interval
    return Against(
        other.name,
        _f1(evaluation, other),
        round(found.value, 3),
        round(ends.low, 3),
        round(ends.high, 3),
        found.wins,
        found.losses,
    )


def _drafts(clips: Sequence[MadeClip], adapter: Path | None) -> dict[str, str]:
    folder = find_base("mini", models_folder()).folder
    model = load_model(folder, torch.float32)
    if adapter is not None:
        Adapters(model).load("trained", adapter)
    writer = PromptWriter(load_tokenizer(folder), model.config)
    return {
        clip.name: text
        for clip, text in zip(clips, _write(model.eval(), writer, clips), strict=True)
    }


def _write(model: FaceTrackModel, writer: PromptWriter, clips: Sequence[MadeClip]) -> list[str]:
    rows = [Row(writer.ask(INSTRUCTION), faces=as_faces(clip)) for clip in clips]
    words = [
        each
        for start in range(0, len(rows), AT_ONCE)
        for each in model.generate(rows[start : start + AT_ONCE], LONGEST)
    ]
    return [writer.read(each.ids) for each in words]


if __name__ == "__main__":
    main()
