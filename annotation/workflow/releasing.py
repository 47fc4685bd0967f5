"""Frozen, numbered sets of approved captions."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import cast

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from annotation import captions
from annotation.captions import Part
from annotation.captions.document import SCHEMA
from annotation.captions.rendering import Mode
from annotation.errors import InvalidInput, TransitionRefused
from annotation.models import (
    ApprovedCaption,
    Clip,
    ClipStage,
    DatasetEntry,
    DatasetVersion,
    Project,
    Rendering,
    Role,
    Split,
    User,
    new_seed,
)
from annotation.splitting import Grouped, assign_splits, join_groups

from .access import require_role
from .recording import record_in_project

BATCH = 1000


@transaction.atomic
def freeze(
    *,
    project_id: int,
    actor: User,
    note: str = "",
    parts: Sequence[str] = captions.DATASET_PARTS,
    rendering: str = Rendering.STRIPPED,
    test_share: float = 0.2,
    validation_share: float = 0.0,
    seed: int | None = None,
) -> DatasetVersion:
    """
    A new version of everything approved, not withdrawn, and with consent that still holds.

    Clips of one source video, group or person, and near-duplicates, never come into two splits.
    Locks the project, then every approved clip, so that none is withdrawn while the version is
    being made.
    """
    require_role(project_id, actor, Role.ML, Role.LEAD)
    _check(parts, rendering, test_share, validation_share)
    # Clips refer to the project, so a stronger lock would stop everyone's work.
    project = Project.objects.select_for_update(no_key=True).get(pk=project_id)
    version = DatasetVersion(
        project=project,
        number=_next_number(project),
        note=note,
        parts=[part for part in captions.PARTS if part in parts],
        rendering=rendering,
        seed=new_seed() if seed is None else seed,
        targets={"test": test_share, "validation": validation_share},
        created_by=actor,
    )
    entries, left_out = _entries(version)
    if not entries:
        raise TransitionRefused(
            "There is nothing to freeze: no clip with a caption is approved.", left_out=left_out
        )
    splits = Counter(entry.split for entry in entries)
    version.counts = {
        "total": len(entries),
        **{split: splits[split] for split in Split.values},
        "groups": len({entry.group for entry in entries}),
        "left_out": left_out,
    }
    version.sha256 = _content_hash(version, entries)
    version.save()
    DatasetEntry.objects.bulk_create(entries, batch_size=BATCH)
    record_in_project(
        "dataset.version_created", project=project, actor=actor, number=version.number
    )
    return version


def _check(
    parts: Sequence[str], rendering: str, test_share: float, validation_share: float
) -> None:
    errors = []
    if not parts or not set(parts) <= set(captions.PARTS):
        errors.append(("parts", f"Choose at least one of: {', '.join(captions.PARTS)}."))
    if rendering not in Rendering.values:
        errors.append(("rendering", f"Choose one of: {', '.join(Rendering.values)}."))
    shares = {"test_share": test_share, "validation_share": validation_share}
    errors += [
        (name, "A share is a number from 0 to 1.")
        for name, share in shares.items()
        if not 0 <= share <= 1
    ]
    if not errors and test_share + validation_share > 1:
        errors.append(("validation_share", "The two shares are more than the whole."))
    if errors:
        raise InvalidInput(
            "The version cannot be made like this. Correct the fields named.",
            errors=[
                {"field": field, "code": "out_of_range", "message": message}
                for field, message in errors
            ],
        )


def _next_number(project: Project) -> int:
    last: int | None = project.dataset_versions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _entries(version: DatasetVersion) -> tuple[list[DatasetEntry], dict[str, int]]:
    """One unsaved entry for each usable clip, and how many were left out for which reason."""
    left_out: Counter[str] = Counter()
    entries: list[DatasetEntry] = []
    for clip, caption in _captioned(version.project):
        text = "" if caption is None else _text(version, caption)
        if reason := _reason_to_leave_out(clip, text):
            left_out[reason] += 1
        else:
            entries.append(DatasetEntry(version=version, clip=clip, caption=caption, text=text))
    _split(version, entries)
    return entries, dict(sorted(left_out.items()))


def _captioned(project: Project) -> Iterable[tuple[Clip, ApprovedCaption | None]]:
    """Every clip with its newest approved caption. The approved clips are locked, in order."""
    newest = ApprovedCaption.objects.filter(clip=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    approved = project.clips.filter(stage=ClipStage.APPROVED).order_by("pk")
    list(approved.select_for_update(of=("self",), no_key=True).values_list("pk"))
    clips = list(project.clips.order_by("pk").annotate(newest=Subquery(newest)))
    found = ApprovedCaption.objects.in_bulk([clip.newest for clip in clips if clip.newest])
    return ((clip, found.get(clip.newest)) for clip in clips)


def _text(version: DatasetVersion, caption: ApprovedCaption) -> str:
    document = captions.parse(caption.document)
    mode = cast("Mode", version.rendering)
    return captions.render(document, mode, cast("list[Part]", version.parts))


def _reason_to_leave_out(clip: Clip, text: str) -> str | None:
    if clip.stage in (ClipStage.WITHDRAWN, ClipStage.REJECTED):
        return clip.stage
    if clip.stage != ClipStage.APPROVED:
        return "not_approved"
    if clip.consent_until is not None and clip.consent_until < timezone.localdate():
        return "consent_ended"
    return None if text else "no_text_left"


def _split(version: DatasetVersion, entries: list[DatasetEntry]) -> None:
    groups = join_groups(Grouped(entry.clip.uid, ties(entry.clip)) for entry in entries)
    targets = {
        split.value: round(version.targets[split] * len(entries))
        for split in (Split.TEST, Split.VALIDATION)
    }
    facets = {entry.clip.uid: (entry.clip.source_id, entry.clip.emotion) for entry in entries}
    splits = assign_splits(groups, targets, Split.TRAIN, version.seed, facets=facets)
    group_of = {name: group for group, members in groups.items() for name in members}
    for entry in entries:
        entry.group = group_of[entry.clip.uid]
        entry.split = splits[entry.group]


def ties(clip: Clip) -> tuple[tuple[object, ...], ...]:
    """
    What a clip shares with others. A source video is named within its source; a group, which
    may be a person, within the project. What was found by comparing counts as what was said.
    """
    video = ("source video", clip.source_id, clip.source_video)
    group = ("group", clip.group)
    alike = ("near-duplicates", clip.duplicate_group)
    person = ("person", clip.person_group)
    return tuple(tie for tie in (video, group, alike, person) if tie[-1])


def _content_hash(version: DatasetVersion, entries: Iterable[DatasetEntry]) -> str:
    """Equal data has an equal hash: of one line for the version and one for each entry."""
    digest = hashlib.sha256()
    head = {"parts": version.parts, "rendering": version.rendering, "schema": SCHEMA}
    for line in [head, *sorted(map(_canonical, entries), key=lambda line: line["clip"])]:
        text = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest.update(text.encode() + b"\n")
    return digest.hexdigest()


def _canonical(entry: DatasetEntry) -> dict[str, str]:
    return {
        "clip": entry.clip.uid,
        "file": entry.clip.sha256,
        "caption": entry.caption.sha256,
        "group": entry.group,
        "split": entry.split,
        "text": entry.text,
    }
