"""
Who asks for the tracks of a clip, and whose faces are the main ones.

The tracks themselves are found by a worker with the face networks (`annotation.pipeline`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from annotation.errors import InvalidInput, NotAllowed, TransitionRefused
from annotation.jobs import JobKind, enqueue
from annotation.models import (
    AssignmentStatus,
    Clip,
    ClipStage,
    DraftKind,
    DraftStatus,
    FaceBackends,
    FaceTracks,
    Job,
    JobState,
    Role,
    Screening,
    User,
)

from .access import clip_for_update, project_for, roles_in
from .recording import record, record_in_project

# A bound on one request; the rest is there at the next.
MOST_AT_ONCE = 1000
NOT_INSTALLED = (
    "No worker has the face models. Fetch them with `python -m ml fetch-models`, then start the "
    "workers again."
)


def current_backends() -> FaceBackends | None:
    """What the workers see faces with; None until one of them has said it can."""
    return FaceBackends.objects.order_by("-announced_at", "-pk").first()


def announce_backends(*, key: str, versions: Mapping[str, str]) -> int:
    """
    By a worker that starts with its networks: clips that were never tracked get their tracks.

    Tracks of other backends are renewed later (`renewing`). Answers how many were asked for.
    """
    backends, _ = FaceBackends.objects.update_or_create(
        key=key, defaults={"versions": dict(versions), "announced_at": Now()}
    )
    untracked = Clip.objects.filter(face_tracks__isnull=True, screening__isnull=True)
    return _ask_for_each(untracked, backends, None)


@transaction.atomic
def track_missing(*, project_id: int, actor: User) -> tuple[int, int]:
    """Asks for tracks that are missing or of older backends: how many, and how many are left."""
    project = project_for(project_id, actor, Role.LEAD, Role.ML)
    backends = current_backends()
    if backends is None:
        raise TransitionRefused(NOT_INSTALLED)
    is_missing = Q(face_tracks__isnull=True) | ~Q(face_tracks__backends=backends)
    missing = Clip.objects.filter(is_missing, project=project).exclude(is_under_way())
    asked = _ask_for_each(missing, backends, actor, most=MOST_AT_ONCE)
    if asked:
        record_in_project("tracks.asked_for", project=project, actor=actor, count=asked)
    return asked, in_use(missing).count()


def is_under_way() -> Q:
    return Q(screening__job__state__in=[JobState.QUEUED, JobState.RUNNING])


def in_use(clips: QuerySet[Clip]) -> QuerySet[Clip]:
    return clips.exclude(stage__in=[ClipStage.REJECTED, ClipStage.WITHDRAWN])


def _ask_for_each(
    clips: QuerySet[Clip], backends: FaceBackends, actor: User | None, most: int | None = None
) -> int:
    chosen = list(in_use(clips).order_by("pk").values_list("pk", flat=True)[:most])
    for clip_id in chosen:
        ask_for_tracks(Clip.objects.select_related("project").get(pk=clip_id), backends, actor)
    return len(chosen)


@transaction.atomic
def ask_for_tracks(
    clip: Clip,
    backends: FaceBackends,
    actor: User | None,
    kind: JobKind = JobKind.TRACK_FACES,
) -> Job:
    """Once for the same picture and backends, whoever asks, until there are newer tracks."""
    former = FaceTracks.objects.filter(clip=clip).first()
    shown = ",".join(map(str, clip.crop or ()))
    job = enqueue(
        kind,
        key=f"tracks:{clip.uid}:{backends.key}:{shown}:after:{former.revision if former else 0}",
        payload={"clip": clip.pk},
        project=clip.project,
        started_by=actor,
    )
    Screening.objects.update_or_create(clip=clip, defaults={"job": job, "backends": backends})
    return job


@transaction.atomic
def choose_main_faces(*, clip_id: int, actor: User, tracks: Collection[int]) -> FaceTracks:
    """
    Another main face than the rule's, or several.

    Drafts of models looked at the former face, so they are marked stale; a job derives anew what
    depends on the choice. The same choice twice changes nothing.
    """
    clip = clip_for_update(clip_id, actor, Role.LEAD, Role.REVIEWER, Role.ANNOTATOR)
    _require_part(clip, actor)
    found = FaceTracks.objects.filter(clip=clip).first()
    if found is None or clip.stage == ClipStage.WITHDRAWN:
        raise TransitionRefused("The clip has no tracks to choose from.")
    chosen = sorted(set(tracks))
    if not chosen or not set(chosen) <= set(range(1, found.track_count + 1)):
        raise InvalidInput(
            "Choose at least one of the clip's tracks.",
            errors=[{"field": "tracks", "code": "no_such_track", "message": "Choose others."}],
        )
    if chosen == found.main_tracks and found.chosen_by_id is not None:
        return found
    was = found.main_tracks
    found.main_tracks, found.chosen_by, found.revision = chosen, actor, found.revision + 1
    found.save(update_fields=["main_tracks", "chosen_by", "revision", "tracked_at"])
    if chosen != was:
        _mark_drafts_stale(clip)
    record("clip.main_faces_chosen", clip=clip, actor=actor, tracks=chosen, instead_of=was)
    enqueue(
        JobKind.CHOOSE_MAIN_FACES,
        key=f"main-faces:{clip.uid}:{found.revision}",
        payload={"clip": clip.pk},
        project=clip.project,
        started_by=actor,
    )
    return found


def _require_part(clip: Clip, actor: User) -> None:
    if not roles_in(clip.project_id, actor).isdisjoint({Role.LEAD, Role.REVIEWER}):
        return
    if not clip.assignments.filter(annotator=actor, status=AssignmentStatus.HELD).exists():
        raise NotAllowed("Only who works on this clip may choose its main face. Claim it first.")


def _mark_drafts_stale(clip: Clip) -> None:
    of_models = clip.drafts.exclude(kind=DraftKind.IMPORTED)
    of_models.filter(status=DraftStatus.READY, stale_since__isnull=True).update(
        stale_since=timezone.now()
    )
