"""
Names, not imports: the tasks import the workflow, and later ones import torch, which the web
process must never load.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from enum import StrEnum
from functools import partial

from celery import current_app
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from kombu.exceptions import OperationalError

from annotation.models import Job, JobState, Project, User

logger = logging.getLogger(__name__)

# A done job still answers for its key; a dead or cancelled one may be asked for again.
ANSWERING = [JobState.QUEUED, JobState.RUNNING, JobState.DONE]


class JobKind(StrEnum):
    """The Celery task that runs a job of this kind."""

    RUN_IMPORT = "annotation.tasks.run_import"
    RUN_EXPORT = "annotation.tasks.run_export"
    MAKE_CARD = "annotation.tasks.make_card"
    CROP_CLIP = "annotation.tasks.crop_clip"
    JUDGE_AGAIN = "annotation.tasks.judge_again"
    DRAFT_AGAIN = "annotation.tasks.draft_again"
    WRITE_TEMPLATES = "annotation.io_tasks.write_templates"
    COUNT_ACTIONS = "annotation.io_tasks.count_actions"
    PREVIEW_PROMPT = "annotation.io_tasks.preview_prompt"
    DRAFT_CLIP = "annotation.io_tasks.draft_clip"
    PREDICT = "annotation.io_tasks.predict"
    JUDGE = "annotation.io_tasks.judge"
    DRAFT_ON_DEVICE = "annotation.ml_tasks.draft_on_device"
    TRACK_FACES = "annotation.ml_tasks.track_faces"
    TRACK_AGAIN = "annotation.ml_tasks.track_again"
    CHOOSE_MAIN_FACES = "annotation.ml_tasks.choose_main_faces"
    GROUP_CLIPS = "annotation.ml_tasks.group_clips"
    COMPARE_TEMPLATES = "annotation.ml_tasks.compare_templates"
    SUBMIT_RUN = "annotation.train_tasks.submit_run"
    REGISTER_RESULT = "annotation.train_tasks.register_result"
    SCORE_AGREEMENT = "annotation.ml_tasks.score_agreement"
    SUMMARIZE_AGREEMENT = "annotation.ml_tasks.summarize_agreement"
    PREDICT_BY_RULES = "annotation.ml_tasks.predict_by_rules"
    PREDICT_ON_DEVICE = "annotation.ml_tasks.predict_on_device"
    SCORE = "annotation.ml_tasks.score"
    COMPARE_JUDGES = "annotation.ml_tasks.compare_judges"


def enqueue(
    kind: JobKind,
    *,
    key: str,
    payload: Mapping[str, int | str],
    project: Project | None,
    started_by: User | None,
    max_attempts: int = 3,
    runs_alone: bool = False,
) -> Job:
    """
    Stores the job in the caller's transaction and sends its number once that has committed.

    The same key is the same work: while a job with it waits, runs or is done, that one is
    answered. The payload holds ids only; rows are read when the work begins. What `runs_alone`
    waits until the last of its kind in the project has ended.
    """
    job, is_new = Job.objects.filter(state__in=ANSWERING).get_or_create(
        key=key,
        defaults={
            "kind": kind.value,
            "payload": dict(payload),
            "project": project,
            "started_by": started_by,
            "max_attempts": max_attempts,
            "runs_alone": runs_alone,
            "dispatched_at": timezone.now(),
            "progress": nothing_done(),
        },
    )
    if is_new:
        send_after_commit(job)
    return job


def nothing_done(message: str = "") -> dict[str, int | str]:
    return {"done": 0, "total": 0, "message": message}


def send_after_commit(job: Job) -> None:
    transaction.on_commit(partial(send, job.pk, job.kind))


def send_next(ended: Job) -> None:
    """The message of whoever waited for this job was used up while it ran."""
    if not ended.runs_alone:
        return
    alike = Job.objects.filter(kind=ended.kind, project=ended.project_id, runs_alone=True)
    waiting = alike.filter(state=JobState.QUEUED, run_after__lte=Now()).order_by("pk").first()
    if waiting is not None:
        send(waiting.pk, waiting.kind)


def send(job_id: int, kind: str) -> None:
    """Without the broker the row waits: the sweep sends it again."""
    try:
        current_app.send_task(kind, args=[job_id])
    except OperationalError as problem:
        logger.warning("job %s not sent: %s", job_id, problem)
