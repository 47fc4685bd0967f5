"""Celery entry points of training. Only workers beside what trains import this."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from annotation import jobs
from annotation.pipeline import machine, results, training

logger = logging.getLogger(__name__)


@worker_ready.connect
def announce_at_start(**_: Any) -> None:
    announce_devices.delay()


@shared_task
def announce_devices() -> None:
    names = ", ".join(device.name for device in machine.announce())
    logger.info("devices announced: %s", names)


@shared_task
def submit_run(job_id: int) -> None:
    jobs.run_job(job_id, training.submit_run)


@shared_task
def register_result(job_id: int) -> None:
    jobs.run_job(job_id, results.register_stopped)


@shared_task
def poll_runs() -> None:
    training.poll_runs()
