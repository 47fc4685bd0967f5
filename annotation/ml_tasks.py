"""Celery entry points that need networks. Only workers that have them import this."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from annotation import jobs
from annotation.pipeline import (
    agreement,
    agreement_summaries,
    batching,
    comparing_judges,
    gpu_turns,
    grouping,
    predicting,
    scoring,
    template_writing,
    tracking,
)
from annotation.pipeline.analysers import NoFaceModels
from annotation.tasks import LONG, TIME_TO_STOP

logger = logging.getLogger(__name__)


@worker_ready.connect
def announce_at_start(**_: Any) -> None:
    # As a task, so that the networks are loaded where they are used.
    announce.delay()
    renew_agreement.delay()


@shared_task
def announce() -> None:
    try:
        logger.info("face backends announced: %d clips to track", tracking.announce())
    except NoFaceModels as problem:
        logger.warning("no faces are tracked here: %s", problem.message)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def track_faces(job_id: int) -> None:
    jobs.run_job(job_id, tracking.track_faces)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def track_again(job_id: int) -> None:
    """The same work, for which nobody waits: see the routes."""
    jobs.run_job(job_id, tracking.track_faces)


@shared_task
def choose_main_faces(job_id: int) -> None:
    jobs.run_job(job_id, tracking.derive_main_faces)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def group_clips(job_id: int) -> None:
    jobs.run_job(job_id, grouping.group_clips)


@shared_task
def compare_templates(job_id: int) -> None:
    jobs.run_job(job_id, template_writing.compare_templates)


@shared_task
def renew_agreement() -> None:
    logger.info("agreement on %d clips to compute", agreement.renew())


@shared_task
def score_agreement(job_id: int) -> None:
    jobs.run_job(job_id, agreement.score_agreement)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def summarize_agreement(job_id: int) -> None:
    jobs.run_job(job_id, agreement_summaries.summarize_agreement)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def draft_on_device(job_id: int) -> None:
    with gpu_turns.gpu_turn(job_id) as is_ours:
        if is_ours:
            batching.draft_on_device(job_id)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def predict_by_rules(job_id: int) -> None:
    jobs.run_job(job_id, predicting.predict)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def predict_on_device(job_id: int) -> None:
    with gpu_turns.gpu_turn(job_id) as is_ours:
        if is_ours:
            jobs.run_job(job_id, predicting.predict)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def score(job_id: int) -> None:
    jobs.run_job(job_id, scoring.score)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def compare_judges(job_id: int) -> None:
    jobs.run_job(job_id, comparing_judges.compare_judges)
