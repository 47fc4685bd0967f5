"""`python -m ml evaluate`: predictions against references, without the platform."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ml.evaluation.judges import ChosenJudge

EVENT_METRICS = "cider,rouge_l,autodq,tem"
KEY_VARIABLE = "JUDGE_API_KEY"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    evaluate = commands.add_parser("evaluate", help="score captions against references")
    file_form = "an object from id to caption, or a list of ids and captions"
    evaluate.add_argument("--predictions", type=Path, required=True, help=f"JSON: {file_form}")
    evaluate.add_argument("--references", type=Path, required=True, help="JSON of the same form")
    evaluate.add_argument(
        "--against", type=Path, action="append", default=[], help="other predictions, beside them"
    )
    evaluate.add_argument("--metrics", default=EVENT_METRICS, help=f"default: {EVENT_METRICS}")
    evaluate.add_argument("--common-only", action="store_true", help="let be what one file lacks")
    evaluate.add_argument("--json", type=Path, help="file for all numbers, also of each clip")
    evaluate.add_argument("--seed", type=int, default=0, help="of resampling and of chance rows")
    evaluate.add_argument("--judge", help=f"URL of an OpenAI-compatible server; ${KEY_VARIABLE}")
    evaluate.add_argument("--judge-model", help="exact version of the model that judges")
    evaluate.add_argument("--at-once", type=int, default=16, help="questions at the same time")
    evaluate.add_argument(
        "--all-events", action="store_true", help="without the cap of ten, which is another judge"
    )
    evaluate.add_argument(
        "--judge-chance", action="store_true", help="let the server judge the chance rows too"
    )
    evaluate.add_argument(
        "--rewrite",
        action="store_true",
        help="have the server put predictions into the references' form before it judges them",
    )
    evaluate.add_argument(
        "--answers", type=Path, help="folder for what the judge answered; default: var/judged"
    )
    evaluate.set_defaults(run=_evaluate)


def _evaluate(arguments: argparse.Namespace) -> dict[str, object]:
    """The table goes out before the answer; what was judged stays for the next run."""
    from ml.evaluation.captions_file import CaptionsRefused
    from ml.evaluation.judges import JudgeRefused, choose_judge
    from ml.metrics.judge import JudgeUnusable

    try:
        judge = choose_judge(arguments, os.environ.get(KEY_VARIABLE, ""))
        return _evaluated(arguments, judge)
    except CaptionsRefused as refusal:
        return {"error": "invalid_captions", "message": str(refusal)}
    except JudgeRefused as refusal:
        return {"error": "invalid_arguments", "message": str(refusal)}
    except JudgeUnusable as problem:
        return {"error": "judge_unusable", "message": str(problem)}


def _evaluated(arguments: argparse.Namespace, chosen: ChosenJudge) -> dict[str, object]:
    from ml.evaluation.captions_file import match_clips, read_captions
    from ml.evaluation.evaluating import evaluate
    from ml.evaluation.telling import as_json, table

    references = read_captions(arguments.references)
    files = [arguments.predictions, *arguments.against]
    read = {str(path): read_captions(path) for path in files}
    clips = list(references)
    for captions in read.values():
        common = match_clips(captions, references, common_only=arguments.common_only)
        clips = [clip for clip in common if clip in clips]
    evaluation = evaluate(
        {name: {clip: captions[clip] for clip in clips} for name, captions in read.items()},
        {clip: references[clip] for clip in clips},
        metrics=chosen.metrics,
        judge=chosen.judge,
        frozen=chosen.frozen,
        progress=_tell,
        judges_chance=chosen.judges_chance,
        rewrites=chosen.rewrites,
        seed=arguments.seed,
    )
    print(table(evaluation), flush=True)
    answer: dict[str, object] = {"clips": len(clips), "judge": evaluation.judge, **chosen.spent()}
    if arguments.json:
        text = json.dumps(as_json(evaluation) | chosen.spent(), indent=1, ensure_ascii=False)
        arguments.json.write_text(text + "\n", encoding="utf-8")
        answer["file"] = str(arguments.json)
    return answer


def _tell(what: str, done: int, total: int) -> None:
    """Twenty lines at most for each kind of work."""
    if done == total or done % max(total // 20, 1) == 0:
        print(f"{what}: {done} of {total}", file=sys.stderr, flush=True)
