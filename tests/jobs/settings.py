"""Workers of these tests: their own tasks, and intervals that nobody has to wait for."""

from config.settings.test import *  # noqa: F403

CELERY_INCLUDE = ["tests.jobs.tasks"]
JOB_LEASE_SECONDS = 1.5
JOB_HEARTBEAT_SECONDS = 0.3
JOB_RETRY_SECONDS = 0.1
JOB_RESEND_SECONDS = 1.0
