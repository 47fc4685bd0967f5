"""
What decides which clips come into a version, and into which split: facts alone, no texts.

A project's clips are all held in memory here, so each takes little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from annotation.models import ApprovedCaption, ClipStage, Project, Source

from .release_plans import Filter, Plan
from .release_readings import Reading, Readings

CHUNK = 2000
CLIP_FACTS = (
    *("pk", "uid", "name", "sha256", "stage", "emotion", "group"),
    *("source_video", "duplicate_group", "person_group", "consent_until"),
)


class ApprovedText(NamedTuple):
    """The newest caption of a clip."""

    pk: int
    sha256: str
    approved_on: date


class Candidate(NamedTuple):
    """Every clip of the project is one: those that do not come in may tie others together."""

    pk: int
    uid: str
    name: str
    sha256: str
    stage: str
    emotion: str
    group: str
    source_video: str
    duplicate_group: str
    person_group: str
    consent_until: date | None
    source: Source
    caption: ApprovedText | None

    @property
    def source_id(self) -> int:
        return self.source.pk


def candidates_of(project: Project) -> list[Candidate]:
    """In the order of their numbers, which is that of the version's entries."""
    sources = project.sources.in_bulk()
    captions = _newest_captions(project)
    clips = project.clips.order_by("pk").values_list("source_id", *CLIP_FACTS).iterator(CHUNK)
    return [
        Candidate._make((*facts, sources[source], captions.get(facts[0])))
        for source, *facts in clips
    ]


def _newest_captions(project: Project) -> dict[int, ApprovedText]:
    """By clip."""
    rows = ApprovedCaption.objects.filter(clip__project=project).order_by("clip_id", "-pk")
    newest = rows.distinct("clip_id").values_list("clip_id", "pk", "sha256", "created_at")
    return {
        clip: ApprovedText(pk, sha256, timezone.localdate(approved_at))
        for clip, pk, sha256, approved_at in newest.iterator(CHUNK)
    }


class Chosen(NamedTuple):
    """A clip that comes in, and what is said of it there."""

    clip: Candidate
    caption: ApprovedText
    reading: Reading


def passing(
    candidates: Iterable[Candidate], chosen: Filter
) -> list[tuple[Candidate, ApprovedText]]:
    """Whose captions have to be read: what else is asked depends on their texts."""
    return [
        (clip, clip.caption)
        for clip in candidates
        if clip.caption and _reason_by_facts(clip, clip.caption, chosen) is None
    ]


def sort_out(
    candidates: Sequence[Candidate], plan: Plan, readings: Readings
) -> tuple[list[Chosen], dict[str, int]]:
    """What comes in, and how many clips were left out for which reason."""
    readings.read(caption.pk for _, caption in passing(candidates, plan.filter))
    left_out: Counter[str] = Counter()
    chosen: list[Chosen] = []
    for clip in candidates:
        caption = clip.caption
        if reason := _reason_by_facts(clip, caption, plan.filter):
            left_out[reason] += 1
        elif caption is None or not (reading := readings.of(caption.pk)).text:
            left_out["no_text_left"] += 1
        elif plan.leaves_out_hedged and reading.hedges:
            left_out["hedged"] += 1
        else:
            chosen.append(Chosen(clip, caption, reading))
    return chosen, dict(sorted(left_out.items()))


def _reason_by_facts(clip: Candidate, caption: ApprovedText | None, chosen: Filter) -> str | None:
    if clip.stage in (ClipStage.WITHDRAWN, ClipStage.REJECTED):
        return clip.stage
    if clip.stage != ClipStage.APPROVED:
        return "not_approved"
    if clip.consent_until is not None and clip.consent_until < timezone.localdate():
        return "consent_ended"
    return None if caption is None or _admits(chosen, clip, caption) else "not_in_filter"


def _admits(chosen: Filter, clip: Candidate, caption: ApprovedText) -> bool:
    first, last = chosen.approved_from, chosen.approved_until
    return (
        _among(clip.source.name, chosen.sources)
        and _among(clip.source.kind, chosen.source_kinds)
        and _among(clip.emotion, chosen.emotions)
        and _among(clip.group, chosen.groups)
        and (first is None or caption.approved_on >= first)
        and (last is None or caption.approved_on <= last)
    )


def _among(value: str, wanted: Sequence[str]) -> bool:
    return not wanted or value in wanted
