"""
Celery entry points that wait for servers, or compute for a moment. Only the io workers import
this; they have the models' libraries and no networks of their own.
"""

from __future__ import annotations

from celery import shared_task

from annotation import jobs
from annotation.pipeline import drafting, previewing


@shared_task
def draft_clip(job_id: int) -> None:
    jobs.run_job(job_id, drafting.draft_clip)


@shared_task
def preview_prompt(job_id: int) -> None:
    jobs.run_job(job_id, previewing.preview_prompt)
