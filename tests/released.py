"""A dataset version with captions of which every word is known."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.utils import timezone

from annotation.models import (
    ApprovedCaption,
    Clip,
    Consolidation,
    DatasetEntry,
    DatasetVersion,
    ReviewStatus,
    Split,
)
from tests.factories import World, a_document


def a_version(world: World, number: int = 1, **counts: int) -> DatasetVersion:
    """`counts` say how many clips each split has."""
    total = sum(counts.values())
    return DatasetVersion.objects.create(
        project=world.project,
        number=number,
        parts=["facial_changes"],
        rendering="stripped",
        seed=1,
        targets={"test": 1.0, "validation": 0.0},
        counts={
            **{split: counts.get(split, 0) for split in Split.values},
            **{"total": total, "groups": total, "left_out": {}},
        },
        sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        created_by=world.mila,
    )


def release(
    world: World, texts: Sequence[str], clips: Sequence[Clip] = (), split: str = "test"
) -> DatasetVersion:
    """One clip for each text, approved without the steps before."""
    version = a_version(world, **{split: len(texts)})
    for position, text in enumerate(texts):
        clip = clips[position] if clips else world.clip(stage="approved", name=f"clip-{position}")
        add_entry(world, version, clip, text, split)
    return version


def add_entry(
    world: World, version: DatasetVersion, clip: Clip, text: str, split: str = "test"
) -> DatasetEntry:
    document = a_document(text)
    consolidation, _ = Consolidation.objects.update_or_create(
        clip=clip,
        round=1,
        defaults={
            "reviewer": world.dana,
            "status": ReviewStatus.FINISHED,
            "document": document,
            "finished_at": timezone.now(),
        },
    )
    caption = ApprovedCaption.objects.create(
        clip=clip, consolidation=consolidation, document=document, sha256="a" * 64
    )
    return DatasetEntry.objects.create(
        version=version, clip=clip, caption=caption, group=clip.uid, split=split, text=text
    )
