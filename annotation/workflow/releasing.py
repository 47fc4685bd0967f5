"""Frozen, numbered sets of approved captions."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.db.models import Max

from annotation import captions
from annotation.captions.document import SCHEMA
from annotation.errors import TransitionRefused
from annotation.models import (
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
from .release_candidates import Chosen, candidates_of, passing, sort_out
from .release_plans import Plan, check_plan, check_targets
from .release_readings import Readings
from .release_splits import Place, places_of

BATCH = 1000


@dataclass(frozen=True)
class Made:
    """A version as it would be stored, and what it holds."""

    version: DatasetVersion
    chosen: list[Chosen]
    places: Mapping[str, Place]  # by the uid of the clip

    def entries(self, chosen: Iterable[Chosen]) -> list[DatasetEntry]:
        return [self._entry(one) for one in chosen]

    def _entry(self, one: Chosen) -> DatasetEntry:
        return DatasetEntry(
            version=self.version,
            clip_id=one.clip.pk,
            caption_id=one.caption.pk,
            text=one.reading.text,
            hedges=list(one.reading.hedges),
            **self.places[one.clip.uid]._asdict(),
        )


def freeze(*, project_id: int, actor: User, **wishes: Any) -> DatasetVersion:
    """
    A new version, as a `Plan` of these wishes has it, of what is approved, not withdrawn, and
    with consent that still holds.

    Clips of one source video, group or person, and near-duplicates, never come into two splits.
    """
    require_role(project_id, actor, Role.ML, Role.LEAD)
    plan = Plan(**wishes)
    project = Project.objects.get(pk=project_id)
    check_plan(plan, project)
    # Most of the work, and captions never change: nobody has to wait for it.
    readings = Readings(plan.parts, plan.rendering)
    readings.read(caption.pk for _, caption in passing(candidates_of(project), plan.filter))
    return _freeze(project_id, plan, actor, readings)


@transaction.atomic
def _freeze(project_id: int, plan: Plan, actor: User, readings: Readings) -> DatasetVersion:
    """
    Locks the project, then every approved clip, so that none is withdrawn while the version is
    being made. What was approved since it was looked at is read here.
    """
    # Clips refer to the project, so a stronger lock would stop everyone's work.
    project = Project.objects.select_for_update(no_key=True).get(pk=project_id)
    approved = project.clips.filter(stage=ClipStage.APPROVED).order_by("pk")
    list(approved.select_for_update(of=("self",), no_key=True).values_list("pk"))
    made = _make(project, plan, actor, readings)
    made.version.sha256 = content_hash(made)
    made.version.save()
    for first in range(0, len(made.chosen), BATCH):
        DatasetEntry.objects.bulk_create(made.entries(made.chosen[first : first + BATCH]))
    record_in_project(
        "dataset.version_created", project=project, actor=actor, number=made.version.number
    )
    enqueue_card(made.version, actor)
    return made.version


def plan_version(*, project_id: int, actor: User, **wishes: Any) -> Made:
    """What `freeze` would make now. Nothing is stored; its seed makes the same splits again."""
    require_role(project_id, actor, Role.ML, Role.LEAD)
    plan = Plan(**wishes)
    readings = Readings(plan.parts, plan.rendering)
    return _make(Project.objects.get(pk=project_id), plan, actor, readings)


def _make(project: Project, plan: Plan, actor: User, readings: Readings) -> Made:
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
    candidates = candidates_of(project)
    chosen, left_out = sort_out(candidates, plan, readings)
    if not chosen:
        raise TransitionRefused(_nothing(left_out), left_out=left_out)
    version.targets = plan.targets(len(chosen))
    check_targets(version, len(chosen))
    places = places_of(version, [one.clip for one in chosen], candidates)
    made = Made(version, chosen, places)
    version.counts = _counts(made, left_out)
    return made


def _nothing(left_out: dict[str, int]) -> str:
    if "not_in_filter" in left_out:
        return "There is nothing to freeze: no approved caption passes the filter. Widen it."
    return "There is nothing to freeze: no clip with a caption is approved."


def _next_number(project: Project) -> int:
    last: int | None = project.dataset_versions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _counts(made: Made, left_out: dict[str, int]) -> dict[str, Any]:
    splits = Counter(place.split for place in made.places.values())
    return {
        "total": len(made.chosen),
        **{split: splits[split] for split in Split.values},
        "groups": len({place.group for place in made.places.values()}),
        "hedged": sum(bool(one.reading.hedges) for one in made.chosen),
        "left_out": left_out,
    }


def content_hash(made: Made) -> str:
    """Equal data has an equal hash: of one line for the version and one for each entry."""
    version = made.version
    digest = hashlib.sha256()
    _add(digest, {"parts": version.parts, "rendering": version.rendering, "schema": SCHEMA})
    for one in sorted(made.chosen, key=attrgetter("clip.uid")):
        place = made.places[one.clip.uid]
        _add(
            digest,
            {
                "clip": one.clip.uid,
                "file": one.clip.sha256,
                "caption": one.caption.sha256,
                "text": one.reading.text,
                **place._asdict(),
            },
        )
    return digest.hexdigest()


def _add(digest: Any, line: dict[str, Any]) -> None:
    text = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest.update(text.encode() + b"\n")
