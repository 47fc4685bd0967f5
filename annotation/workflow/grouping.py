"""
Which clips look alike or show the same person, so that no split parts them.

Comparing is the work of a worker (`annotation.pipeline.grouping`). Faces' embeddings are biometric
data: once compared they are deleted, unless the project keeps them. Clips that come later are
compared with each other, and with those whose embeddings are still there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Count, Q

from annotation.jobs import JobKind, enqueue
from annotation.models import Clip, FaceEmbedding, Job, Project, Role, User

from .access import project_for
from .recording import record_in_project
from .screening_rules import rules_of

BATCH = 1000


@transaction.atomic
def start_grouping(*, project_id: int, actor: User) -> Job:
    project = project_for(project_id, actor, Role.LEAD, Role.ML)
    last = project.jobs.filter(kind=JobKind.GROUP_CLIPS, ended_at__isnull=False).order_by("-pk")
    former = last.values_list("pk", flat=True).first()
    return enqueue(
        JobKind.GROUP_CLIPS,
        key=f"groups:{project.uid}:after:{former or 0}",
        payload={"project": project.pk},
        project=project,
        started_by=actor,
        runs_alone=True,
    )


@transaction.atomic
def record_groups(
    *,
    project: Project,
    duplicates: Mapping[int, str],
    persons: Mapping[int, str],
    compared: Collection[int],
) -> dict[str, int]:
    """
    Group names by clip; whoever is in neither has no like. `compared` are the embeddings that
    were looked at: those of a record that came meanwhile wait for the next time.
    """
    clips = Clip.objects.filter(project=project).order_by("pk")
    changed = []
    # In one order, as everybody locks clips; and not so that those who refer to them wait.
    for clip in clips.select_for_update(of=("self",), no_key=True):
        former = clip.duplicate_group, clip.person_group
        clip.duplicate_group = duplicates.get(clip.pk, "")
        clip.person_group = persons.get(clip.pk, "")
        if former != (clip.duplicate_group, clip.person_group):
            changed.append(clip)
    Clip.objects.bulk_update(changed, ["duplicate_group", "person_group"], batch_size=BATCH)
    if not rules_of(project).keeps_embeddings:
        FaceEmbedding.objects.filter(pk__in=list(compared)).delete()
    counts = count_groups(project)
    record_in_project("clips.grouped", project=project, actor=None, **counts)
    return counts


def count_groups(project: Project) -> dict[str, int]:
    """How many groups there are, and how many embeddings are stored."""
    clips = Clip.objects.filter(project=project)
    counts: dict[str, int] = clips.aggregate(
        duplicate_groups=Count("duplicate_group", distinct=True, filter=~Q(duplicate_group="")),
        person_groups=Count("person_group", distinct=True, filter=~Q(person_group="")),
    )
    waiting = FaceEmbedding.objects.filter(tracks__clip__project=project)
    counts["embeddings"] = waiting.count()
    return counts
