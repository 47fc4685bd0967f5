"""A worker's turn at one of our own models: it drafts the clips of many jobs, several at a time."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

from django.db.models.functions import Now

from annotation.errors import WorkflowError
from annotation.jobs import Holding, Progress, holding, take
from annotation.models import Draft, FaceTracks, Job, JobState, ModelVersion
from annotation.workflow.drafting import reopen_failed
from ml.drafting.protocols import ClipInputs, Outcome

from .drafting import (
    LOOKING,
    ended_before,
    ending_from,
    finish,
    inputs_of,
    refused,
    tracks_of,
    version_for,
)
from .own_models import own_drafter

logger = logging.getLogger(__name__)

# Jobs of other versions that were asked for earlier wait no longer than this and a batch more.
TURN_S = 600.0
# Another worker may take the first of them meanwhile.
LOOKED_AT = 20


def draft_on_device(job_id: int) -> None:
    """
    Drafts the clip of this job, and with it those of the version's jobs that wait behind it.

    Their own messages then find nothing to do. Each job keeps its own lease and ends by itself.
    """
    first = take(job_id)
    if first is None:
        logger.info("job %s is not to be run now", job_id)
        return
    with holding(first) as jobs:
        Turn(jobs).run(first)


@dataclass(frozen=True)
class UnderWay:
    progress: Progress
    draft: Draft
    version: ModelVersion
    tracks: FaceTracks | None


class Turn:
    def __init__(self, jobs: Holding) -> None:
        self._jobs = jobs
        self._until = monotonic() + TURN_S
        self._under_way: dict[str, UnderWay] = {}

    def run(self, first: Progress) -> None:
        clip = self._prepared(first)
        if clip is None:
            return
        asked = self._under_way[clip.name]
        try:
            drafter = own_drafter(asked.version)
        except WorkflowError as refusal:
            with self._jobs.step(first):
                finish(first, asked.draft, refused(refusal))
            return
        for drafted, outcome in drafter.draft_all(self._clips(clip, asked)):
            self._record(self._under_way.pop(drafted.name), outcome)

    def _clips(self, first: ClipInputs, asked: UnderWay) -> Iterator[ClipInputs]:
        """The model draws from this as it goes, so that a job is held when its clip is read."""
        yield first
        if asked.progress.job.attempts > 1:
            # It may be what stopped a worker. The others are not to fall with it again.
            return
        while monotonic() < self._until and (progress := self._next(asked.version)):
            clip = self._prepared(progress)
            if clip is not None:
                yield clip

    def _next(self, version: ModelVersion) -> Progress | None:
        waiting = Job.objects.filter(
            drafts__version=version,
            state=JobState.QUEUED,
            attempts=0,
            run_after__lte=Now(),
            cancel_requested_at__isnull=True,
        )
        for job_id in waiting.order_by("pk").values_list("pk", flat=True)[:LOOKED_AT]:
            if progress := self._jobs.take(job_id):
                return progress
        return None

    def _prepared(self, progress: Progress) -> ClipInputs | None:
        """None where the job is over already."""
        clip = None
        with self._jobs.step(progress):
            clip = self._clip_of(progress)
        return clip  # noqa: RET504 -- the block above may be left half done

    def _clip_of(self, progress: Progress) -> ClipInputs | None:
        uid = progress.job.payload["draft"]
        draft = reopen_failed(uid)
        if draft is None:
            progress.finish(ended_before(uid))
            return None
        progress.report(0, 1, LOOKING)
        try:
            version, tracks = version_for(draft), tracks_of(draft.clip)
            clip = inputs_of(draft.clip, tracks)
        except WorkflowError as refusal:
            finish(progress, draft, refused(refusal))
            return None
        self._under_way[clip.name] = UnderWay(progress, draft, version, tracks)
        return clip

    def _record(self, asked: UnderWay, outcome: Outcome) -> None:
        with self._jobs.step(asked.progress):
            asked.progress.report(1, 1)
            try:
                ending = ending_from(outcome, asked.tracks)
            except WorkflowError as refusal:
                ending = refused(refusal)
            finish(asked.progress, asked.draft, ending)
