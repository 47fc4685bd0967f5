"""The Celery application: queues, limits and the timetable. The broker carries numbers only."""

from __future__ import annotations

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")

# Of the four that Redis tells apart, 0, 3, 6 and 9: what has none goes first.
MANY, LAST = 3, 9
QUEUES = ("cpu", "io", "ml", "gpu", "train")

app = Celery("countenance")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    # States are rows, so no result is kept.
    task_ignore_result=True,
    task_serializer="json",
    result_serializer="json",
    accept_content=["json"],
    # Reserved is running: nothing waits behind a long job.
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    # The lease brings the job back, with a limit and a growing wait.
    task_reject_on_worker_lost=False,
    task_queues=[Queue(name) for name in QUEUES],
    task_default_queue="cpu",
    task_routes={
        # They come by thousands with an import, and what takes a moment goes between them.
        "annotation.ml_tasks.track_faces": {"queue": "ml", "priority": MANY},
        "annotation.ml_tasks.track_again": {"queue": "ml", "priority": LAST},
        "annotation.ml_tasks.draft_on_device": {"queue": "gpu"},
        # Nobody waits for these as for a draft or for tracks.
        "annotation.ml_tasks.predict_on_device": {"queue": "gpu", "priority": LAST},
        "annotation.ml_tasks.predict_by_rules": {"queue": "ml", "priority": LAST},
        "annotation.ml_tasks.score": {"queue": "ml", "priority": LAST},
        "annotation.ml_tasks.compare_judges": {"queue": "ml", "priority": LAST},
        "annotation.ml_tasks.*": {"queue": "ml"},
        "annotation.io_tasks.predict": {"queue": "io", "priority": LAST},
        "annotation.io_tasks.judge": {"queue": "io", "priority": LAST},
        "annotation.io_tasks.count_actions": {"queue": "io", "priority": LAST},
        "annotation.io_tasks.*": {"queue": "io"},
        "annotation.train_tasks.*": {"queue": "train"},
    },
    task_create_missing_queues=False,
    task_soft_time_limit=280,
    task_time_limit=300,
    worker_max_tasks_per_child=200,
    worker_max_memory_per_child=1_500_000,  # KiB, looked at after a task
    worker_soft_shutdown_timeout=10.0,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    worker_lost_wait=2.0,
    broker_connection_retry_on_startup=True,
    enable_utc=True,
)
app.autodiscover_tasks(["annotation"])


@setup_logging.connect
def log_as_everywhere(**_options: Any) -> None:
    """The children of a worker, forked or spawned, speak in the one form too."""
    dictConfig(settings.LOGGING)
