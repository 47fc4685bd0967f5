"""Who used a clip: what has to be told when its consent ends."""

from __future__ import annotations

from dataclasses import dataclass

from annotation.models import DatasetVersion, Export, Role, User

from .clips import clip_for


@dataclass(frozen=True)
class Uses:
    dataset_versions: list[DatasetVersion]
    exports: list[Export]


def uses_of_clip(clip_id: int, actor: User) -> Uses:
    clip = clip_for(clip_id, actor, Role.LEAD, Role.ML)
    versions = DatasetVersion.objects.filter(entries__clip=clip).order_by("number")
    exports = Export.objects.filter(version__entries__clip=clip).order_by("id")
    return Uses(list(versions), list(exports))
