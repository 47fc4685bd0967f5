"""A job that compares what people wrote of a clip. Run again, it finds the same numbers."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from django.db import transaction

from annotation import captions
from annotation.jobs import Progress
from annotation.models import Clip
from annotation.workflow.agreement import (
    Pair,
    PairScore,
    ask_for_outdated,
    pairs_of,
    store_scores,
)
from ml.metrics import agreement, autodq, tem, tokenizing
from ml.metrics.agreement import MarkedSentence
from ml.metrics.offline_judge import OfflineJudge
from ml.weights import WeightsUnusable, models_folder

logger = logging.getLogger(__name__)

METRICS = (agreement, autodq, tem, tokenizing)


@cache
def installed_judge() -> OfflineJudge:
    """Loaded once for each process; by words alone where its network is not there."""
    try:
        return OfflineJudge.load(models_folder())
    except WeightsUnusable as problem:
        logger.warning("agreement is judged by words alone: %s", problem)
        return OfflineJudge.without_network()


def metric_version() -> str:
    return ", ".join([*(metric.VERSION for metric in METRICS), installed_judge().name])


def renew() -> int:
    """Asks for the clips whose scores this worker would compute otherwise, and says how many."""
    return ask_for_outdated(metric_version())


def score_agreement(progress: Progress) -> dict[str, object]:
    clip = Clip.objects.get(pk=progress.job.payload["clip"])
    pairs = pairs_of(clip)
    scores = []
    for done, pair in enumerate(pairs):
        progress.report(done, len(pairs))
        scores.append(score_of(pair))
    # No number stands here: jobs are read by people who still work on the clip.
    result: dict[str, object] = {"pairs": len(pairs)}
    with transaction.atomic():
        store_scores(clip_id=clip.pk, scores=scores, metric_version=metric_version())
        progress.finish(result)
    return result


def score_of(pair: Pair) -> PairScore:
    one, other = map(_sentences, pair.documents)
    found = agreement.agreement(installed_judge(), one, other)
    numbers = {
        "event_f1": found.event_f1,
        "tem": found.tem,
        "word_distance": found.word_distance,
        "marked_by_both": found.marks.both,
        "marked_by_one": found.marks.first,
        "marked_by_other": found.marks.second,
        "marked_by_nobody": found.marks.neither,
    }
    return PairScore(pair, numbers)


def _sentences(document: dict[str, Any]) -> list[MarkedSentence]:
    """Of the parts that datasets have: a summary repeats them."""
    parsed = captions.parse(document)
    return [
        MarkedSentence(sentence.text, tuple((span.start, span.end) for span in sentence.inferences))
        for part in captions.DATASET_PARTS
        for sentence in parsed.sentences(part)
    ]
