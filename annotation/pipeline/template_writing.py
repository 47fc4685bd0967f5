"""The jobs behind instruction templates: one asks a hosted model, one compares by meaning."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
from django.db import transaction

from annotation.errors import TransitionRefused
from annotation.jobs import Progress
from annotation.models import ModelVersion, Project, TemplateCandidate, TemplateOrigin
from annotation.workflow.templates import add_texts, store_likeness, why_unusable
from ml.drafting.chat import ChatRequest, Completion, Unanswered
from ml.metrics.embeddings import SentenceNetwork
from ml.weights import WeightsUnusable, models_folder

from .asking import paid_chat, stopped_by

INSTRUCTIONS = (
    "You write instructions for a model that watches a short video of a face and describes it. "
    "Each instruction asks in its own words for what the people look like and how their faces "
    "move from beginning to end. Each is one or two plain sentences, complete by itself, and "
    "says nothing about what the video shows. Vary form, length, tone and order. "
    'Answer with JSON alone: {"instructions": ["...", "..."]}.'
)
WARMTH = 1.0  # many different ones are wanted
TOKENS_OF_A_TEMPLATE = 60
MOST_TOKENS = 16_000
# So many of those that are there are named, so that they do not come again.
MOST_NAMED = 200


def write_templates(progress: Progress) -> dict[str, object]:
    """The same question again is answered by what was stored, and adds nothing."""
    job = progress.job
    version = ModelVersion.objects.get(pk=job.payload["version"])
    project, actor = job.project, job.started_by
    if project is None or actor is None:
        raise TransitionRefused("Templates are written for a project and a person.")
    progress.report(0, 1, "The model writes.")
    texts = _asked(project, version, int(job.payload["count"]), progress)
    usable = [text for text in texts if why_unusable(text) is None]
    with transaction.atomic():
        locked = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        added = add_texts(locked, actor, usable, TemplateOrigin.GENERATED)
        result: dict[str, object] = {
            "added": len(added.candidates),
            "known": added.known,
            "unusable": len(texts) - len(usable),
        }
        progress.finish(result)
    return result


def _asked(project: Project, version: ModelVersion, count: int, progress: Progress) -> list[str]:
    with paid_chat(project, version, None, progress.job) as chat:
        try:
            completion = Completion.read(chat.ask(_request(project, version, count)))
        except Unanswered as nothing:
            raise stopped_by(nothing) from nothing
        texts = read_templates(completion.text or "")
        chat.judge(are_used=bool(texts))
    if not texts:
        raise TransitionRefused("The model's answer holds no templates. Ask again, or another.")
    return texts


def _request(project: Project, version: ModelVersion, count: int) -> ChatRequest:
    there = (
        TemplateCandidate.objects.filter(project=project)
        .order_by("-pk")
        .values_list("text", flat=True)
    )
    wanted = f"Write {count} instructions."
    if known := list(there[:MOST_NAMED]):
        wanted += " None of them repeats one of these:\n" + "\n".join(known)
    return ChatRequest(
        {
            "model": version.model,
            "messages": [
                {"role": "system", "content": INSTRUCTIONS},
                {"role": "user", "content": wanted},
            ],
            "temperature": WARMTH,
            "max_tokens": min(MOST_TOKENS, count * TOKENS_OF_A_TEMPLATE),
        }
    )


def read_templates(answer: str) -> list[str]:
    """Whatever surrounds the JSON is passed over, and so is what is no text."""
    start, end = answer.find("{"), answer.rfind("}") + 1
    try:
        value: Any = json.loads(answer[start:end])
    except (ValueError, RecursionError):
        return []
    found = value.get("instructions") if isinstance(value, dict) else None
    texts = found if isinstance(found, list) else []
    return [" ".join(text.replace("\x00", " ").split()) for text in texts if isinstance(text, str)]


@cache
def installed_network() -> SentenceNetwork:
    return SentenceNetwork.load(models_folder())


def compare_templates(progress: Progress) -> dict[str, object]:
    project = Project.objects.get(pk=progress.job.payload["project"])
    candidates = list(
        TemplateCandidate.objects.filter(project=project).order_by("pk").values_list("pk", "text")
    )
    if len(candidates) < 2:
        return {"compared": 0}
    try:
        network = installed_network()
    except WeightsUnusable as problem:
        raise TransitionRefused(
            "The network that compares sentences is not installed. Have its files fetched first."
        ) from problem
    points = network.points([text for _, text in candidates])
    likeness = points @ points.T
    np.fill_diagonal(likeness, -1)
    best = likeness.argmax(axis=1)
    store_likeness(
        project,
        {
            pk: (candidates[best[row]][0], round(float(likeness[row, best[row]]), 4))
            for row, (pk, _) in enumerate(candidates)
        },
    )
    return {"compared": len(candidates)}
