"""
Celery entry points that wait for servers, or compute for a moment. Only the io workers import
this; they have the models' libraries and no networks of their own.
"""

from __future__ import annotations

from celery import shared_task

from annotation import jobs
from annotation.pipeline import (
    action_counting,
    drafting,
    predicting,
    previewing,
    scoring,
    template_writing,
)
from annotation.tasks import LONG, TIME_TO_STOP


@shared_task
def draft_clip(job_id: int) -> None:
    jobs.run_job(job_id, drafting.draft_clip)


@shared_task
def preview_prompt(job_id: int) -> None:
    jobs.run_job(job_id, previewing.preview_prompt)


@shared_task
def write_templates(job_id: int) -> None:
    jobs.run_job(job_id, template_writing.write_templates)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def count_actions(job_id: int) -> None:
    jobs.run_job(job_id, action_counting.count_actions)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def predict(job_id: int) -> None:
    jobs.run_job(job_id, predicting.predict)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def judge(job_id: int) -> None:
    """Scores by a hosted judge, for which one waits as for any server."""
    jobs.run_job(job_id, scoring.score)
