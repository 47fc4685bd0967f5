"""Celery entry points. What a job does, and when it may, is said where it is called."""

from __future__ import annotations

from celery import shared_task

from annotation.jobs import sweeping
from annotation.workflow.drafting import open_next_overdue_clip


@shared_task
def sweep() -> None:
    sweeping.sweep()


@shared_task
def open_overdue_clips() -> None:
    while open_next_overdue_clip():
        pass
