"""What somebody wants a dataset version to be, and which captions it is to be made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from annotation import captions
from annotation.errors import InvalidInput
from annotation.models import (
    DatasetVersion,
    Project,
    Rendering,
    SourceKind,
    Split,
)


@dataclass(frozen=True)
class Filter:
    """Of the approved captions. What is empty lets all through; the rest all have to hold."""

    sources: Sequence[str] = ()  # by name, as people read them in a manifest
    source_kinds: Sequence[str] = ()
    emotions: Sequence[str] = ()
    groups: Sequence[str] = ()
    # Both days belong to it.
    approved_from: date | None = None
    approved_until: date | None = None

    def to_json(self) -> dict[str, Any]:
        """Only what narrows."""
        lists = {name: sorted(set(getattr(self, name))) for name in LISTS}
        days = {name: day.isoformat() for name in DAYS if (day := getattr(self, name))}
        return {name: values for name, values in lists.items() if values} | days


LISTS = ("sources", "source_kinds", "emotions", "groups")
DAYS = ("approved_from", "approved_until")


@dataclass(frozen=True)
class Plan:
    """A split is asked for by its share of all clips, or where a number is given by that."""

    note: str = ""
    parts: Sequence[str] = captions.DATASET_PARTS
    rendering: str = Rendering.STRIPPED
    filter: Filter = field(default_factory=Filter)
    test_share: float = 0.2
    validation_share: float = 0.0
    test_clips: int | None = None
    validation_clips: int | None = None
    locks_test: bool = False
    leaves_out_hedged: bool = False
    seed: int | None = None

    def targets(self, total: int) -> dict[str, float | int | None]:
        """The shares asked for, and how many clips that is of so many."""
        asked: dict[str, float | int | None] = {}
        for split in (Split.TEST, Split.VALIDATION):
            share, clips = getattr(self, f"{split}_share"), getattr(self, f"{split}_clips")
            asked[split.value] = share if clips is None else None
            asked[f"{split}_clips"] = round(share * total) if clips is None else clips
        return asked


def check_plan(plan: Plan, project: Project) -> None:
    """Refuses with every field that is wrong. How many captions there are is not known here."""
    _refuse([*_wrong_content(plan), *_wrong_targets(plan), *_wrong_filter(plan.filter, project)])


def check_targets(version: DatasetVersion, total: int) -> None:
    asked = version.targets["test_clips"] + version.targets["validation_clips"]
    if asked > total:
        told = f"Only {total:,} captions are left to split, and {asked:,} were asked for."
        _refuse([("test_clips", f"{told} Ask for fewer, or let more through the filter.")])


def _wrong_content(plan: Plan) -> Iterator[tuple[str, str]]:
    if not plan.parts or not set(plan.parts) <= set(captions.PARTS):
        yield "parts", f"Choose at least one of: {', '.join(captions.PARTS)}."
    if plan.rendering not in Rendering.values:
        yield "rendering", f"Choose one of: {', '.join(Rendering.values)}."


def _wrong_targets(plan: Plan) -> Iterator[tuple[str, str]]:
    shares = {
        "test_share": plan.test_share if plan.test_clips is None else 0,
        "validation_share": plan.validation_share if plan.validation_clips is None else 0,
    }
    wrong = [name for name, share in shares.items() if not 0 <= share <= 1]
    yield from ((name, "A share is a number from 0 to 1.") for name in wrong)
    if not wrong and sum(shares.values()) > 1:
        yield "validation_share", "The two shares are more than the whole."
    for name in ("test_clips", "validation_clips"):
        if (getattr(plan, name) or 0) < 0:
            yield name, "A number of clips is not negative."


def _wrong_filter(chosen: Filter, project: Project) -> Iterator[tuple[str, str]]:
    known = set(project.sources.values_list("name", flat=True))
    if missing := sorted(set(chosen.sources) - known):
        yield "filter.sources", f"The project has no source {', '.join(missing)}."
    if not set(chosen.source_kinds) <= set(SourceKind.values):
        yield "filter.source_kinds", f"Choose among: {', '.join(SourceKind.values)}."
    first, last = chosen.approved_from, chosen.approved_until
    if first and last and first > last:
        yield "filter.approved_until", "The last day is before the first. Exchange them."


def _refuse(wrong: list[tuple[str, str]]) -> None:
    if wrong:
        raise InvalidInput(
            "The version cannot be made like this. Correct the fields named.",
            errors=[
                {"field": name, "code": "out_of_range", "message": message}
                for name, message in wrong
            ],
        )
