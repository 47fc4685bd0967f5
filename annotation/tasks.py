"""Celery entry points. What a job does, and when it may, is said where it is called."""

from __future__ import annotations

from celery import shared_task

from annotation import jobs, media
from annotation.importing import leftovers
from annotation.jobs import sweeping
from annotation.workflow import (
    agreement_summaries,
    cards,
    cropping,
    exporting,
    import_batches,
    redrafting,
    renewing,
    screening,
)
from annotation.workflow.drafting import end_next_abandoned_draft, open_next_overdue_clip
from annotation.workflow.spending import end_forgotten_calls

# Seconds. A folder of a thousand long videos; past it the job begins anew where it stopped.
LONG = 4 * 3600
TIME_TO_STOP = 60


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def run_import(job_id: int) -> None:
    jobs.run_job(job_id, import_batches.run_import)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def run_export(job_id: int) -> None:
    jobs.run_job(job_id, exporting.run_export)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def make_card(job_id: int) -> None:
    jobs.run_job(job_id, cards.make_card)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def crop_clip(job_id: int) -> None:
    jobs.run_job(job_id, cropping.run_crop)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def judge_again(job_id: int) -> None:
    jobs.run_job(job_id, screening.run_judging)


@shared_task(soft_time_limit=LONG, time_limit=LONG + TIME_TO_STOP)
def draft_again(job_id: int) -> None:
    jobs.run_job(job_id, redrafting.run_drafting_again)


@shared_task
def sweep() -> None:
    sweeping.sweep()
    renewing.renew_tracks()
    agreement_summaries.renew_summaries()
    media.remove_unfinished()
    exporting.remove_unfinished_exports()
    leftovers.remove_leftovers(leftovers.part_of_now())


@shared_task
def end_abandoned_drafts() -> None:
    while end_next_abandoned_draft():
        pass
    end_forgotten_calls()


@shared_task
def open_overdue_clips() -> None:
    while open_next_overdue_clip():
        pass
