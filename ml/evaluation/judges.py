"""Which judge the command is to use, with its answers and frozen events on disk."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from ml.evaluation.scoring import BY_AN_OFFLINE_JUDGE, METRICS
from ml.metrics.frozen_events import FrozenEvents
from ml.metrics.judge import MOST_EVENTS, EventJudge
from ml.metrics.offline_judge import OfflineJudge
from ml.metrics.openai_judge import OpenAIJudge
from ml.weights import ROOT, WeightsUnusable, models_folder

# A matrix of ten by ten by a slow model.
TIMEOUT_S = 120.0
MOST_AT_ONCE = 256


class JudgeRefused(ValueError):
    """The arguments do not go together; the message says how they would."""


@dataclass(frozen=True)
class ChosenJudge:
    judge: EventJudge
    frozen: FrozenEvents
    metrics: tuple[str, ...]
    judges_chance: bool
    rewrites: bool

    def spent(self) -> dict[str, object]:
        """Nothing by a judge that costs nothing."""
        if not isinstance(self.judge, OpenAIJudge):
            return {}
        return {"spent": asdict(self.judge.asking.spent)}


def choose_judge(arguments: argparse.Namespace, api_key: str) -> ChosenJudge:
    metrics = _metrics(arguments.metrics)
    if bool(arguments.judge) != bool(arguments.judge_model):
        raise JudgeRefused("--judge and --judge-model go together: the server, and its model.")
    if arguments.judge:
        return _hosted(arguments, api_key, metrics)
    if beyond := [metric for metric in metrics if metric not in BY_AN_OFFLINE_JUDGE]:
        raise JudgeRefused(
            f"{', '.join(beyond)}: only a language model judges these. Name one with --judge and "
            "--judge-model."
        )
    if arguments.rewrite:
        raise JudgeRefused("Only a language model rewrites. Name one with --judge, --judge-model.")
    judge = _offline()
    return ChosenJudge(
        judge, FrozenEvents(None, judge.name), metrics, judges_chance=True, rewrites=False
    )


def _metrics(names: str) -> tuple[str, ...]:
    metrics = tuple(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    if not metrics or not set(metrics) <= METRICS.keys():
        raise JudgeRefused(f"--metrics takes some of {', '.join(METRICS)}, with commas between.")
    return metrics


def _offline() -> OfflineJudge:
    try:
        judge = OfflineJudge.load(models_folder())
    except WeightsUnusable as problem:
        print(f"Sentences are compared by words alone. {problem}", file=sys.stderr)
        judge = OfflineJudge.without_network()
    print("No judge is named: events are judged offline, by rules.", file=sys.stderr)
    return judge


def _hosted(arguments: argparse.Namespace, api_key: str, metrics: tuple[str, ...]) -> ChosenJudge:
    import httpx2

    from ml.drafting.chat import OpenAIChat
    from ml.metrics.answer_cache import AnswerCache
    from ml.metrics.asking import Asking

    if not re.match(r"https?://\S+$", arguments.judge):
        raise JudgeRefused("--judge takes the URL of a server, such as http://127.0.0.1:8080/v1.")
    if not 1 <= arguments.at_once <= MOST_AT_ONCE:
        raise JudgeRefused(f"--at-once takes 1 to {MOST_AT_ONCE}.")
    folder: Path = arguments.answers or ROOT / "var" / "judged"
    limits = httpx2.Limits(max_connections=arguments.at_once)
    http = httpx2.Client(limits=limits, timeout=TIMEOUT_S)
    chat = OpenAIChat(url=arguments.judge, api_key=api_key, timeout_s=TIMEOUT_S, http=http)
    asking = Asking(chat, arguments.judge, arguments.judge_model, AnswerCache(folder))
    cap = None if arguments.all_events else MOST_EVENTS
    judge = OpenAIJudge(asking, most_events=cap, at_once=arguments.at_once)
    name = re.sub(r"[^\w.-]+", "-", judge.name).strip("-")
    frozen = FrozenEvents.open(folder / f"events-by-{name}.json", judge.name)
    return ChosenJudge(judge, frozen, metrics, arguments.judge_chance, arguments.rewrite)
