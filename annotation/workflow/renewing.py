"""Tracks of former backends are shown until new ones, made when nobody waits for others."""

from __future__ import annotations

from django.db.models import QuerySet

from annotation.jobs import JobKind
from annotation.models import Clip, FaceBackends, Job, JobState

from .tracking import ask_for_tracks, current_backends, in_use, is_under_way

# Enough for the workers until the next look; all others would only be sent again and again.
MOST_WAITING = 50


def renew_tracks() -> int:
    """
    Asks for new tracks in place of outdated ones, and answers of how many clips.

    Call it from time to time: a few wait at once, and each clip is asked for once for the same
    backends, so that a file which cannot be tracked any more is not tried for ever.
    """
    backends = current_backends()
    if backends is None:
        return 0
    again = Job.objects.filter(kind=JobKind.TRACK_AGAIN, state=JobState.QUEUED)
    room = max(0, MOST_WAITING - again.count())
    due = outdated(backends).exclude(screening__backends=backends).exclude(is_under_way())
    clips = list(due.select_related("project").order_by("pk")[:room])
    for clip in clips:
        ask_for_tracks(clip, backends, None, JobKind.TRACK_AGAIN)
    return len(clips)


def outdated(backends: FaceBackends) -> QuerySet[Clip]:
    """Clips in use whose tracks are of other backends than these."""
    tracked = Clip.objects.filter(face_tracks__isnull=False)
    return in_use(tracked.exclude(face_tracks__backends=backends))
