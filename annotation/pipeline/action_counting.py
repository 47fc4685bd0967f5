"""The job that has a hosted model count the facial actions in a version's captions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from annotation.cards.model_tallies import ModelTallies
from annotation.errors import TransitionRefused
from annotation.jobs import Progress
from annotation.models import ActionCount, DatasetEntry, DatasetVersion, ModelVersion
from annotation.workflow.action_counts import CAPTIONS_A_QUESTION, keep_action_count
from annotation.workflow.evaluated_clips import require_captions_sendable, usable_entries
from annotation.workflow.spending import give_up_calls_of
from ml.drafting.chat import Completion, Unanswered
from ml.drafting.protocols import Failed

from .action_questions import PROMPT_VERSION, question_about, read_counts
from .asking import PaidChat, paid_chat, stopped_by


def count_actions(progress: Progress) -> dict[str, object]:
    """A job that was killed goes on with the answers that are stored."""
    job = progress.job
    version = DatasetVersion.objects.select_related("project").get(pk=job.payload["version"])
    model = ModelVersion.objects.get(pk=job.payload["model"])
    result: dict[str, object] = {"version": version.uid, "model": model.uid}
    if ActionCount.objects.filter(version=version, model=model).exists():
        return result
    give_up_calls_of(job)
    content = _counted(version, model, progress)
    with transaction.atomic():
        keep_action_count(version, model, PROMPT_VERSION, content, job.started_by)
        progress.finish(result)
    return result


def _counted(version: DatasetVersion, model: ModelVersion, progress: Progress) -> dict[str, Any]:
    tallies, total = ModelTallies(), version.counts["total"]
    with paid_chat(version.project, model, None, progress.job) as chat:
        for done, entries in _batches(version):
            progress.report(done, total, f"Counting from caption {done + 1:,} of {total:,}.")
            require_captions_sendable(version, model)
            counts = _counts(chat, model, [entry.text for entry in entries])
            for entry, actions in zip(entries, counts, strict=True):
                tallies.add(entry, actions)
        chat.judge(are_used=tallies.counted > 0)
    if not tallies.counted:
        raise TransitionRefused("The model counted no caption of this version. Ask another.")
    return tallies.to_json(total=total)


def _batches(version: DatasetVersion) -> Iterator[tuple[int, list[DatasetEntry]]]:
    """
    With how many captions come before each. A clip that is withdrawn meanwhile changes its own
    batch alone, so that the questions about the others stay those that are answered.
    """
    frozen = list(version.entries.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(frozen), CAPTIONS_A_QUESTION):
        batch = usable_entries(version).filter(pk__in=frozen[first : first + CAPTIONS_A_QUESTION])
        if entries := list(batch.select_related("clip__source")):
            yield first, entries


def _counts(chat: PaidChat, model: ModelVersion, texts: Sequence[str]) -> list[int | None]:
    """What several texts at a time get no usable answer for is asked for alone, once."""
    counts = _answered(chat, model, texts)
    if len(texts) == 1:
        return counts
    return [
        _answered(chat, model, [text])[0] if count is None else count
        for text, count in zip(texts, counts, strict=True)
    ]


def _answered(chat: PaidChat, model: ModelVersion, texts: Sequence[str]) -> list[int | None]:
    try:
        completion = Completion.read(chat.ask(question_about(texts, model)))
    except Unanswered as nothing:
        if isinstance(nothing.outcome, Failed) and nothing.outcome.code == "refused":
            return [None] * len(texts)
        raise stopped_by(nothing) from nothing
    return read_counts(completion.text or "", texts)
