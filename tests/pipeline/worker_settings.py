"""Settings of the io worker that a test starts: short intervals, and the test's own files."""

import os
from pathlib import Path

from tests.jobs.settings import *  # noqa: F403

MEDIA_ROOT = Path(os.environ["TEST_MEDIA_ROOT"])
