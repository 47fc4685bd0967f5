"""Who used a clip: what has to be told when its consent ends."""

from __future__ import annotations

from dataclasses import dataclass

from annotation.models import DatasetVersion, Export, Role, Split, TrainingRun, User

from .clips import clip_for

# By a run: it learns from one and looks at its loss on the other.
SEEN = (Split.TRAIN, Split.VALIDATION)


@dataclass(frozen=True)
class Uses:
    dataset_versions: list[DatasetVersion]
    exports: list[Export]
    # Those that began, so that what they became has seen it.
    training_runs: list[TrainingRun]


def uses_of_clip(clip_id: int, actor: User) -> Uses:
    clip = clip_for(clip_id, actor, Role.LEAD, Role.ML)
    versions = DatasetVersion.objects.filter(entries__clip=clip).order_by("number")
    exports = Export.objects.filter(version__entries__clip=clip).order_by("id")
    runs = TrainingRun.objects.filter(
        attempts__gt=0, version__entries__clip=clip, version__entries__split__in=SEEN
    ).order_by("id")
    return Uses(list(versions), list(exports), list(runs.prefetch_related("model_versions")))
