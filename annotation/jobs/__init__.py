"""
Background work. A `Job` row is the truth about it; the broker only carries the row's number.

`enqueuing` asks for work, `leases` keeps one worker to a job, `running` is what a task calls,
`holding` what one calls that works at several jobs at a time, `sweeping` repairs what was lost.
"""

from .enqueuing import JobKind, enqueue
from .holding import Holding, holding
from .leases import Cancelled, Lost, TryLater
from .running import Progress, run_job, take

__all__ = [
    "Cancelled",
    "Holding",
    "JobKind",
    "Lost",
    "Progress",
    "TryLater",
    "enqueue",
    "holding",
    "run_job",
    "take",
]
