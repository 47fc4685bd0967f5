"""
Seconds that scores take: words of 5,033 captions, 1,000 pairs by a judge that answers after 300 ms,
the same again from its stored answers, and 100 pairs by the offline judge.

    python -m bench.metrics
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2

from ml.drafting.chat import OpenAIChat
from ml.evaluation.judging import freeze_references, judge_clips
from ml.metrics.answer_cache import AnswerCache
from ml.metrics.asking import Asking
from ml.metrics.cider import cider_d
from ml.metrics.frozen_events import FrozenEvents
from ml.metrics.judge import EventJudge
from ml.metrics.offline_judge import OfflineJudge
from ml.metrics.openai_judge import OpenAIJudge
from ml.metrics.rouge import rouge_l
from ml.metrics.tokenizing import tokenize
from ml.weights import models_folder
from tests.hosted_model import HostedModel, serving
from tests.ml.metrics.scripted_judge import Judging

ROOT = Path(__file__).resolve().parents[1]
SENTENCES = ROOT / "tests" / "vectors" / "event_pairs.json"
RESULTS = Path(__file__).parent / "results" / "metrics.json"
# The captions of the published dataset, of about so many words each.
CAPTIONS, WORDS = 5033, 119
PAIRS, OFFLINE_PAIRS, ALONE_PAIRS, PLAIN_PAIRS = 1000, 100, 10, 20
LATENCY_S = 0.3
AT_ONCE = 64
Captions = dict[str, str]


class Slow(Judging):
    def send(self, handler: BaseHTTPRequestHandler) -> None:
        time.sleep(LATENCY_S)
        super().send(handler)


def captions(count: int, seed: int) -> Captions:
    told = sorted({row["text"] for row in json.loads(SENTENCES.read_text(encoding="utf-8"))})
    draw = random.Random(seed)  # noqa: S311 -- a draw, not a secret
    return {str(clip): caption(told, draw) for clip in range(count)}


def caption(told: list[str], draw: random.Random) -> str:
    text: list[str] = []
    while len(text) < WORDS:
        text += draw.choice(told).split()
    return " ".join(text)


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return round(time.perf_counter() - start, 2)


def count_words() -> dict[str, float]:
    ours, theirs = (
        [tokenize(text) for text in captions(CAPTIONS, seed).values()] for seed in (1, 2)
    )
    return {
        "tokenizing": seconds(lambda: list(map(tokenize, captions(CAPTIONS, 1).values()))),
        "cider": seconds(lambda: cider_d(ours, theirs)),
        "rouge_l": seconds(lambda: list(map(rouge_l, ours, theirs))),
    }


def judged_in(judge: EventJudge, pairs: int) -> float:
    predictions, references = captions(pairs, 3), captions(pairs, 4)
    frozen = FrozenEvents(None, judge.name)

    def run() -> None:
        freeze_references(judge, references.values(), frozen, lambda *_: None)
        judge_clips(judge, predictions, references, frozen, ["autodq", "tem"], lambda *_: None)

    return seconds(run)


def hosted(server: HostedModel, folder: Path | None, at_once: int) -> OpenAIJudge:
    """Without a folder nothing is asked from memory."""
    http = httpx2.Client(limits=httpx2.Limits(max_connections=at_once))
    chat = OpenAIChat(url=server.url, api_key="", timeout_s=60, http=http)
    cache = AnswerCache(folder) if folder else None
    return OpenAIJudge(Asking(chat, server.url, "scripted", cache), at_once=at_once)


def ask_plainly(server: HostedModel) -> dict[str, float]:
    """As published: AutoDQ and TEM each take the events out of both texts, and keep nothing."""
    judge = hosted(server, None, 1)
    before = len(server.requests)
    pairs = zip(captions(PLAIN_PAIRS, 3).values(), captions(PLAIN_PAIRS, 4).values(), strict=True)
    for prediction, reference in pairs:
        told, found = judge.events(reference), judge.events(prediction)
        judge.verdicts(told, prediction)
        judge.verdicts(found, reference)
        judge.relations(judge.events(reference), judge.events(prediction))
    asked = server.requests[before:]
    return {
        "calls_a_pair_plainly": len(asked) / PLAIN_PAIRS,
        "letters_asked_a_pair_plainly": round(letters_of(asked) / PLAIN_PAIRS),
    }


def letters_of(requests: list[dict[str, Any]]) -> int:
    return sum(len(json.dumps(request["messages"])) for request in requests)


def ask_a_server(folder: Path) -> dict[str, float]:
    with serving() as server:
        server.then(Slow())
        alone_s = judged_in(hosted(server, folder / "alone", 1), ALONE_PAIRS)
        judge = hosted(server, folder / "many", AT_ONCE)
        many_s = judged_in(judge, PAIRS)
        letters, requests = letters_of(server.requests), len(server.requests)
        again_s = judged_in(hosted(server, folder / "many", AT_ONCE), PAIRS)
        plainly = ask_plainly(server)
    alone_pair_s = alone_s / ALONE_PAIRS
    return {
        "pairs": PAIRS,
        "latency_s": LATENCY_S,
        "at_once": AT_ONCE,
        "seconds": many_s,
        "seconds_one_at_a_time": round(alone_pair_s * PAIRS, 2),
        "times_faster": round(alone_pair_s * PAIRS / many_s, 1),
        "calls_a_pair": judge.asking.spent.calls / PAIRS,
        "letters_asked_a_pair": round(letters / requests * judge.asking.spent.calls / PAIRS),
        **plainly,
        "seconds_from_stored_answers": again_s,
    }


def main() -> None:
    logging.disable(logging.INFO)
    with TemporaryDirectory() as folder:
        report = {
            "words_of_5033_captions": count_words(),
            "hosted": ask_a_server(Path(folder)),
            "offline": {
                "pairs": OFFLINE_PAIRS,
                "seconds": judged_in(OfflineJudge.load(models_folder()), OFFLINE_PAIRS),
            },
        }
    print(json.dumps(report, indent=1))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
