"""Frozen, numbered sets of approved captions."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from annotation import captions
from annotation.captions import Part
from annotation.captions.document import SCHEMA, CaptionDocument
from annotation.captions.rendering import Mode
from annotation.errors import TransitionRefused
from annotation.models import (
    ApprovedCaption,
    Clip,
    ClipStage,
    DatasetEntry,
    DatasetVersion,
    Project,
    Role,
    Split,
    User,
    new_seed,
)

from .access import require_role
from .cards import enqueue_card
from .recording import record_in_project
from .release_plans import Plan, check_plan, check_targets
from .release_splits import split_entries

BATCH = 1000


@dataclass(frozen=True)
class Made:
    """A version and its entries as they would be stored."""

    version: DatasetVersion
    entries: list[DatasetEntry]


@transaction.atomic
def freeze(*, project_id: int, actor: User, **wishes: Any) -> DatasetVersion:
    """
    A new version, as a `Plan` of these wishes has it, of what is approved, not withdrawn, and
    with consent that still holds.

    Clips of one source video, group or person, and near-duplicates, never come into two splits.
    Locks the project, then every approved clip, so that none is withdrawn while the version is
    being made.
    """
    require_role(project_id, actor, Role.ML, Role.LEAD)
    # Clips refer to the project, so a stronger lock would stop everyone's work.
    project = Project.objects.select_for_update(no_key=True).get(pk=project_id)
    approved = project.clips.filter(stage=ClipStage.APPROVED).order_by("pk")
    list(approved.select_for_update(of=("self",), no_key=True).values_list("pk"))
    made = _make(project, Plan(**wishes), actor)
    made.version.save()
    DatasetEntry.objects.bulk_create(made.entries, batch_size=BATCH)
    record_in_project(
        "dataset.version_created", project=project, actor=actor, number=made.version.number
    )
    enqueue_card(made.version, actor)
    return made.version


def plan_version(*, project_id: int, actor: User, **wishes: Any) -> Made:
    """What `freeze` would make now. Nothing is stored; its seed makes the same splits again."""
    require_role(project_id, actor, Role.ML, Role.LEAD)
    return _make(Project.objects.get(pk=project_id), Plan(**wishes), actor)


def _make(project: Project, plan: Plan, actor: User) -> Made:
    check_plan(plan, project)
    version = DatasetVersion(
        project=project,
        number=_next_number(project),
        note=plan.note,
        parts=[part for part in captions.PARTS if part in plan.parts],
        rendering=plan.rendering,
        filter=plan.filter.to_json(),
        locks_test=plan.locks_test,
        seed=new_seed() if plan.seed is None else plan.seed,
        created_by=actor,
    )
    clips = list(project.clips.select_related("source").order_by("pk"))
    entries, left_out = _entries(version, plan, clips)
    if not entries:
        raise TransitionRefused(_nothing(left_out), left_out=left_out)
    version.targets = plan.targets(len(entries))
    check_targets(version, len(entries))
    split_entries(version, entries, clips)
    version.counts = _counts(entries, left_out)
    version.sha256 = content_hash(version, entries)
    return Made(version, entries)


def _nothing(left_out: dict[str, int]) -> str:
    if "not_in_filter" in left_out:
        return "There is nothing to freeze: no approved caption passes the filter. Widen it."
    return "There is nothing to freeze: no clip with a caption is approved."


def _next_number(project: Project) -> int:
    last: int | None = project.dataset_versions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _entries(
    version: DatasetVersion, plan: Plan, clips: Iterable[Clip]
) -> tuple[list[DatasetEntry], dict[str, int]]:
    """One unsaved entry for each usable clip, and how many were left out for which reason."""
    left_out: Counter[str] = Counter()
    entries: list[DatasetEntry] = []
    captions_of = _newest_captions(version.project)
    for clip in clips:
        caption = captions_of.get(clip.pk)
        entry = None if caption is None else _entry(version, clip, caption)
        if reason := _reason_to_leave_out(clip, entry, plan):
            left_out[reason] += 1
        elif entry is not None:
            entries.append(entry)
    return entries, dict(sorted(left_out.items()))


def _newest_captions(project: Project) -> dict[int, ApprovedCaption]:
    """By clip."""
    newest = ApprovedCaption.objects.filter(clip=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    clips = project.clips.annotate(newest=Subquery(newest)).filter(newest__isnull=False)
    found = ApprovedCaption.objects.in_bulk(clips.values_list("newest", flat=True))
    return {caption.clip_id: caption for caption in found.values()}


def _entry(version: DatasetVersion, clip: Clip, caption: ApprovedCaption) -> DatasetEntry:
    document = captions.parse(caption.document)
    parts = cast("list[Part]", version.parts)
    return DatasetEntry(
        version=version,
        clip=clip,
        caption=caption,
        text=captions.render(document, cast("Mode", version.rendering), parts),
        hedges=hedges_of(document, parts),
    )


def hedges_of(document: CaptionDocument, parts: Iterable[Part]) -> list[str]:
    """
    What still reads as inferred once the inferences are taken out: nobody marked it, or not all.
    """
    stripped = (
        captions.stripped_sentence(sentence)
        for part in parts
        for sentence in document.sentences(part)
    )
    return [
        text[span.start : span.end].strip(" ,;.")
        for text in stripped
        for span in captions.propose_inferences(text)
    ]


def _reason_to_leave_out(clip: Clip, entry: DatasetEntry | None, plan: Plan) -> str | None:
    if clip.stage in (ClipStage.WITHDRAWN, ClipStage.REJECTED):
        return clip.stage
    if clip.stage != ClipStage.APPROVED:
        return "not_approved"
    if clip.consent_until is not None and clip.consent_until < timezone.localdate():
        return "consent_ended"
    if entry is None:
        return "no_text_left"
    return _reason_by_plan(entry, plan)


def _reason_by_plan(entry: DatasetEntry, plan: Plan) -> str | None:
    if not plan.filter.admits(entry.clip, entry.caption):
        return "not_in_filter"
    if not entry.text:
        return "no_text_left"
    return "hedged" if plan.leaves_out_hedged and entry.hedges else None


def _counts(entries: list[DatasetEntry], left_out: dict[str, int]) -> dict[str, Any]:
    splits = Counter(entry.split for entry in entries)
    return {
        "total": len(entries),
        **{split: splits[split] for split in Split.values},
        "groups": len({entry.group for entry in entries}),
        "hedged": sum(bool(entry.hedges) for entry in entries),
        "left_out": left_out,
    }


def content_hash(version: DatasetVersion, entries: Iterable[DatasetEntry]) -> str:
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
