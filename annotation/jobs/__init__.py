"""
Background work. A `Job` row is the truth about it; the broker only carries the row's number.

`enqueuing` asks for work, `leases` keeps one worker to a job, `running` is what a task calls,
`sweeping` repairs what was lost.
"""

from .enqueuing import JobKind, enqueue
from .leases import Cancelled, Lost, TryLater
from .running import Progress, run_job

__all__ = ["Cancelled", "JobKind", "Lost", "Progress", "TryLater", "enqueue", "run_job"]
