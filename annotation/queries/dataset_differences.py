"""What became of each clip from one dataset version to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from annotation.errors import InvalidInput
from annotation.models import Clip, DatasetVersion, User

from .datasets import READERS, version_for

HAS_BEFORE, HAS_AFTER = Q(before__isnull=False), Q(after__isnull=False)
# A clip may be both edited and moved.
CHANGES: Mapping[str, Q] = {
    "added": HAS_AFTER & ~HAS_BEFORE,
    "removed": HAS_BEFORE & ~HAS_AFTER,
    "edited": HAS_BEFORE & HAS_AFTER & ~Q(before__text=F("after__text")),
    "moved": HAS_BEFORE & HAS_AFTER & ~Q(before__split=F("after__split")),
}


class Differences:
    """Of a version against another of its project, which the actor may read."""

    def __init__(self, uid: str, against: str, actor: User) -> None:
        self.version = version_for(uid, actor, *READERS)
        self.against = version_for(against, actor, *READERS)
        if self.version.project_id != self.against.project_id:
            raise InvalidInput("Compare two versions of one project.")

    def counts(self) -> dict[str, int]:
        counted = {name: Count("pk", filter=change) for name, change in CHANGES.items()}
        return self._clips().aggregate(**counted)

    def clips(self, change: str) -> QuerySet[Clip, Any]:
        """Each with what it says and where it is in both versions, none where it is not."""
        return (
            self._clips()
            .filter(CHANGES[change])
            .values(
                "id",
                "name",
                text_before=F("before__text"),
                text_after=F("after__text"),
                split_before=F("before__split"),
                split_after=F("after__split"),
            )
        )

    def _clips(self) -> QuerySet[Clip]:
        return Clip.objects.filter(project=self.version.project_id).annotate(
            before=_entry_in(self.against), after=_entry_in(self.version)
        )


def _entry_in(version: DatasetVersion) -> FilteredRelation:
    return FilteredRelation("dataset_entries", condition=Q(dataset_entries__version=version))
