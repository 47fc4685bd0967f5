"""Many clips before one judge: as many questions at once as it takes, and no clip left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar, cast

from ml.evaluation.scoring import EVENTS, SCORES, Judged
from ml.metrics.conversion import convert
from ml.metrics.events import Events
from ml.metrics.frozen_events import FrozenEvents
from ml.metrics.judge import Aspect, CaptionJudge, EventJudge, Unjudged, judge_pair

Progress = Callable[[str, int, int], None]
Answer = TypeVar("Answer")


def freeze_references(
    judge: EventJudge, references: Iterable[str], frozen: FrozenEvents, progress: Progress
) -> None:
    """What is frozen already stays. A text that the judge fails on is tried again next time."""
    missing = [text for text in dict.fromkeys(references) if frozen.get(text) is None]

    def take(text: str) -> Events | None:
        try:
            return judge.events(text)
        except Unjudged:
            return None

    try:
        for text, events in _at_once(judge, take, missing, progress, "events of references"):
            if events is not None:
                frozen.add(text, events)
    finally:
        if missing:
            frozen.save()


def judge_clips(
    judge: EventJudge,
    predictions: Mapping[str, str],
    references: Mapping[str, str],
    frozen: FrozenEvents,
    metrics: Sequence[str],
    progress: Progress,
    *,
    rewrites: bool = False,
) -> dict[str, Judged]:
    """`rewrites`: predictions are put into the form of the references first."""
    wants_events = any(metric.name in metrics for metric in EVENTS)
    aspects = [cast("Aspect", metric.name) for metric in SCORES if metric.name in metrics]

    def look_at(clip: str) -> Judged:
        reference, prediction = references[clip], predictions[clip]
        conversion = None
        try:
            if rewrites and prediction.strip():
                conversion = convert(cast("CaptionJudge", judge), prediction)
                prediction = conversion.converted
            pair = wants_events and judge_pair(judge, reference, prediction, frozen.get(reference))
            scores = {
                aspect: cast("CaptionJudge", judge).score(aspect, reference, [prediction])
                for aspect in aspects
            }
        except Unjudged as problem:
            return Judged(reason=str(problem), conversion=conversion)
        return Judged(pair or None, scores, conversion=conversion)

    return dict(_at_once(judge, look_at, list(references), progress, "clips"))


def _at_once(
    judge: EventJudge,
    ask: Callable[[str], Answer],
    items: Sequence[str],
    progress: Progress,
    what: str,
) -> Iterable[tuple[str, Answer]]:
    """Answers as they come. A judge that cannot be used ends it: nothing more is asked."""
    if judge.at_once == 1:
        for done, item in enumerate(items, start=1):
            yield item, ask(item)
            progress(what, done, len(items))
        return
    with ThreadPoolExecutor(judge.at_once) as threads:
        asked = {threads.submit(ask, item): item for item in items}
        try:
            for done, answer in enumerate(as_completed(asked), start=1):
                yield asked[answer], answer.result()
                progress(what, done, len(items))
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
