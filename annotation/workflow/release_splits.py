"""Which split each caption of a new version comes into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotation.models import Clip, DatasetEntry, DatasetVersion, Project, Split
from annotation.splitting import Grouped, Groups, assign_splits, join_groups

from .release_candidates import Candidate


class Place(NamedTuple):
    """Of a clip in a version. The group is named after its first clip there."""

    group: str
    split: str


def places_of(
    version: DatasetVersion, chosen: Sequence[Candidate], clips: Iterable[Candidate]
) -> dict[str, Place]:
    """
    By the uid of each clip that comes in. Needs the project's clips: two captions are in one group
    also where only a clip that is not in the version ties them.

    A group with a clip that was tested on in a version that locks its test split is tested on
    again, with whatever has joined it since.
    """
    locked = locked_clips(version.project)
    tied = join_groups(Grouped(clip.uid, ties(clip)) for clip in clips)
    facets = {clip.uid: (clip.source_id, clip.emotion) for clip in chosen}
    groups: Groups = {}
    fixed: dict[str, str] = {}
    for members in tied.values():
        if inside := [name for name in members if name in facets]:
            groups[inside[0]] = inside
            if not locked.isdisjoint(members):
                fixed[inside[0]] = Split.TEST
    targets = {split.value: version.targets[f"{split}_clips"] for split in ASKED_FOR}
    splits = assign_splits(groups, targets, Split.TRAIN, version.seed, facets=facets, fixed=fixed)
    return {
        name: Place(group, str(splits[group]))
        for group, members in groups.items()
        for name in members
    }


ASKED_FOR = (Split.TEST, Split.VALIDATION)


def locked_clips(project: Project) -> set[str]:
    """Names of the clips in the test split of any version that locks it."""
    locking = DatasetEntry.objects.filter(
        version__project=project, version__locks_test=True, split=Split.TEST
    )
    return set(locking.values_list("clip__uid", flat=True))


def ties(clip: Clip | Candidate) -> tuple[tuple[object, ...], ...]:
    """
    What a clip shares with others. A source video is named within its source; a group, which
    may be a person, within the project. What was found by comparing counts as what was said.
    """
    video = ("source video", clip.source_id, clip.source_video)
    group = ("group", clip.group)
    alike = ("near-duplicates", clip.duplicate_group)
    person = ("person", clip.person_group)
    return tuple(tie for tie in (video, group, alike, person) if tie[-1])
