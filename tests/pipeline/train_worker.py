"""Settings of the train worker that a test starts: the scripted trainer, the test's own files."""

import os
from pathlib import Path

from tests.jobs.settings import *  # noqa: F403

MEDIA_ROOT = Path(os.environ["TEST_MEDIA_ROOT"])
RUNS_ROOT = Path(os.environ["TEST_RUNS_ROOT"])
CELERY_INCLUDE = ["tests.pipeline.train_worker_script"]
