"""
Jobs that have a model write the texts of a prediction set. Each text is stored as it comes, so
that a job that was killed goes on with the next clip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from time import monotonic
from typing import cast

from django.db import transaction
from django.db.models import Sum

from annotation import captions
from annotation.captions import CaptionDocument
from annotation.errors import InvalidCaption
from annotation.jobs import Progress, TryLater
from annotation.media import UnusableMedia
from annotation.models import (
    Clip,
    DatasetVersion,
    Job,
    ModelCall,
    ModelKind,
    ModelVersion,
    Prediction,
    PredictionSet,
)
from annotation.workflow.draft_requests import sending_hindrance
from annotation.workflow.evaluated_clips import evaluated_entries
from annotation.workflow.evaluating import end_predictions
from annotation.workflow.recording import record
from annotation.workflow.spending import give_up_calls_of
from ml.drafting.protocols import ClipInputs, Drafted, Failed, Outcome, TryAgain

from .asking import PaidChat, paid_chat
from .drafting import REFUSALS, Hindered, hosted_drafter, inputs_of, outcome_of, tracks_of
from .own_models import own_drafter
from .telling import Pace

# A worker's place is then given to drafts that people wait for.
TURN_S = 300.0


class Turn:
    """The clips that are left, one by one as a model takes them, until the time is over."""

    def __init__(self, clips: Sequence[int]) -> None:
        self._until = monotonic() + TURN_S
        self._left = list(reversed(clips))

    def __iter__(self) -> Iterator[Clip]:
        while self._left:
            yield Clip.objects.select_related("project", "source").get(pk=self._left.pop())
            if monotonic() >= self._until:
                return

    @property
    def is_over(self) -> bool:
        """While clips are left."""
        return bool(self._left)


def predict(progress: Progress) -> dict[str, object]:
    """The body of the job, for a model of any kind."""
    predictions = PredictionSet.objects.select_related("version", "model").get(
        pk=progress.job.payload["predictions"]
    )
    if predictions.whole_at is None:
        give_up_calls_of(progress.job)
        _write_what_is_missing(predictions, progress)
    result: dict[str, object] = {"predictions": predictions.uid}
    with transaction.atomic():
        end_predictions(predictions.pk)
        progress.finish(result)
    return result


def _write_what_is_missing(predictions: PredictionSet, progress: Progress) -> None:
    model = predictions.model
    if model is None:
        raise ValueError("the set of a model names it; the database holds that")
    entries = evaluated_entries(predictions.version, predictions.split)
    total = entries.count()
    missing = entries.exclude(clip__in=predictions.predictions.values("clip"))
    clips = list(missing.values_list("clip", flat=True))
    turn = Turn(clips)
    done = total - len(clips)
    pace = Pace(done, total)
    progress.report(done, total, pace.told(done))
    for prediction in WRITERS[ModelKind(model.kind)](predictions, model, turn, progress.job):
        # Another attempt that lost its lease may have been there before.
        Prediction.objects.bulk_create([prediction], ignore_conflicts=True)
        done += 1
        progress.report(done, total, pace.told(done))
    if turn.is_over:
        raise TryLater("Drafts that people wait for come between.", costs_attempt=False)


def _by_rules(
    predictions: PredictionSet, model: ModelVersion, turn: Turn, job: Job
) -> Iterator[Prediction]:
    for clip in turn:
        ask = partial(outcome_of, clip, model, None, tracks_of(clip))
        yield prediction_of(predictions, clip, ask)


def _by_a_server(
    predictions: PredictionSet, model: ModelVersion, turn: Turn, job: Job
) -> Iterator[Prediction]:
    for clip in turn:
        if why := sending_hindrance(clip, model):
            raise Hindered(why)
        record(
            "prediction.asked",
            clip=clip,
            actor=None,
            predictions=predictions.uid,
            endpoint=model.endpoint,
            model=model.uid,
        )
        with paid_chat(clip.project, model, None, job) as chat:
            prediction = prediction_of(predictions, clip, partial(_asked, chat, clip, model))
        # What another job paid for is not paid here.
        paid = ModelCall.objects.filter(pk__in=[call.pk for call in chat.calls], job=job)
        prediction.price = paid.aggregate(total=Sum("price"))["total"] or Decimal(0)
        yield prediction


def _asked(chat: PaidChat, clip: Clip, model: ModelVersion) -> Outcome:
    outcome = hosted_drafter(chat, clip, model).draft(inputs_of(clip, tracks_of(clip)))
    chat.judge(are_used=isinstance(outcome, Drafted))
    return outcome


def _on_a_device(
    predictions: PredictionSet, model: ModelVersion, turn: Turn, job: Job
) -> Iterator[Prediction]:
    under_way: dict[str, Clip] = {}

    def inputs() -> Iterator[ClipInputs]:
        """The model draws from this as it goes."""
        for clip in turn:
            under_way[clip.uid] = clip
            yield inputs_of(clip, tracks_of(clip))

    for asked, outcome in own_drafter(model).draft_all(inputs()):
        clip = under_way.pop(asked.name)
        yield prediction_of(predictions, clip, partial(_same, outcome))


def _same(outcome: Outcome) -> Outcome:
    return outcome


Writer = Callable[[PredictionSet, ModelVersion, Turn, Job], Iterator[Prediction]]
WRITERS: Mapping[ModelKind, Writer] = {
    ModelKind.SIGNALS: _by_rules,
    ModelKind.OPENAI: _by_a_server,
    ModelKind.FACETRACK_MM: _on_a_device,
}


def prediction_of(predictions: PredictionSet, clip: Clip, ask: Callable[[], Outcome]) -> Prediction:
    """
    What concerns this clip alone becomes a prediction without a text. Anything else stops the
    job: what passes by itself as TryLater, and a refusal, which a person has to answer.
    """
    prediction = Prediction(of=predictions, clip=clip)
    try:
        outcome = ask()
        prediction.input_tokens = outcome.usage.input_tokens
        prediction.output_tokens = outcome.usage.output_tokens
        prediction.seconds = round(outcome.usage.seconds, 3)
        if isinstance(outcome, Failed):
            prediction.failure, prediction.error = outcome.code, outcome.reason
        else:
            prediction.text = text_of(outcome, predictions.version)
    except TryAgain as again:
        raise TryLater(again.reason, wait_s=again.wait_s or 0.0) from again
    except (UnusableMedia, InvalidCaption) as refusal:
        prediction.failure = REFUSALS.get(type(refusal), refusal.code)
        prediction.error = refusal.message
    return prediction


def text_of(outcome: Drafted, version: DatasetVersion) -> str:
    """In the parts and the rendering in which the version holds its captions."""
    content = outcome.content
    return rendered(
        captions.from_generated(content) if isinstance(content, str) else captions.parse(content),
        version,
    )


def rendered(document: CaptionDocument, version: DatasetVersion) -> str:
    parts = cast("list[captions.Part]", version.parts)
    return captions.render(document, cast("captions.Mode", version.rendering), parts)
