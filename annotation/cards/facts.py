"""What a data card says of a version: read once, caption by caption, none kept in memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db.models import Avg, Count, OuterRef, QuerySet, Subquery

from annotation.models import (
    AgreementKind,
    AgreementScore,
    Clip,
    ClipStage,
    DatasetEntry,
    DatasetVersion,
    Split,
    WorkflowEvent,
)

from .counting import COUNTERS, count, lexicon
from .tallies import Tally

CARD_SCHEMA = 1
CHUNK = 1000
# Emotions are free text; a card names the most frequent.
MOST_NAMES = 100

SCOPES = ("all", "source_kind", "source")  # as the card tells them
Scope = tuple[str, str]  # what the clips have in common, and which of it
OnEntry = Callable[[int], None]
Found = TypeVar("Found")


class CardFacts:
    """Filled entry by entry."""

    def __init__(self) -> None:
        self._measures: dict[Scope, dict[str, Tally]] = defaultdict(_measures)
        self._strata: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self._licences: Counter[tuple[str, str, str]] = Counter()
        self._clips = self._hedged = 0
        self._is_looked_through = True

    def add(self, entry: DatasetEntry) -> None:
        clip, source = entry.clip, entry.clip.source
        measured = {**count(entry.text), "duration_s": clip.duration_s}
        for scope in scopes_of(entry):
            for name, value in measured.items():
                self._measures[scope][name].add(value)
        self._strata["source"][source.name][entry.split] += 1
        self._strata["emotion"][clip.emotion][entry.split] += 1
        self._licences[source.name, source.kind, clip.licence or source.licence] += 1
        self._clips += 1
        self._hedged += bool(entry.hedges)
        self._is_looked_through = self._is_looked_through and entry.hedges is not None

    def to_json(self) -> dict[str, Any]:
        known = lexicon()
        per_thousand = round(1000 * self._hedged / self._clips, 1) if self._clips else 0.0
        return {
            "schema": CARD_SCHEMA,
            "counters": COUNTERS,
            "lexicon": {name: known[name] for name in ("name", "version")}
            | {"words": len(known["words"])},
            "scopes": [
                {"by": by, "name": name}
                | {measure: tally.summary() for measure, tally in tallies.items()}
                for (by, name), tallies in in_order(self._measures)
            ],
            "sources": _told(self._strata["source"]),
            "emotions": _told(self._strata["emotion"]),
            "licences": [
                {"source": source, "kind": kind, "licence": licence, "clips": clips}
                for (source, kind, licence), clips in sorted(self._licences.items())
            ],
            "hedged": {"captions": self._hedged, "per_thousand": per_thousand}
            if self._is_looked_through
            else None,
        }


def card_facts(version: DatasetVersion, on_entry: OnEntry) -> dict[str, Any]:
    facts = CardFacts()
    entries = version.entries.select_related("clip__source").defer("caption").order_by("pk")
    for done, entry in enumerate(entries.iterator(chunk_size=CHUNK), start=1):
        facts.add(entry)
        on_entry(done)
    return facts.to_json() | {
        "agreement": agreement_of(version),
        "rejected": rejected_by_reason(version.project.clips.all()),
    }


def agreement_of(version: DatasetVersion) -> dict[str, Any] | None:
    """Of the annotators of its clips, by the newest version of the metric; none without scores."""
    scores = AgreementScore.objects.filter(
        kind=AgreementKind.ANNOTATORS, clip__dataset_entries__version=version
    )
    newest = scores.order_by("-computed_at").values_list("metric_version", flat=True).first()
    if newest is None:
        return None
    found = scores.filter(metric_version=newest).aggregate(
        pairs=Count("pk"),
        event_f1=Avg("event_f1"),
        tem=Avg("tem"),
        word_distance=Avg("word_distance"),
    )
    return {"metric_version": newest, **found}


def rejected_by_reason(clips: QuerySet[Clip]) -> dict[str, int]:
    """Of the project's clips that are rejected now, by the reason given last."""
    moved = WorkflowEvent.objects.filter(clip=OuterRef("pk"), kind="clip.rejected").order_by("-pk")
    reasons = clips.filter(stage=ClipStage.REJECTED).annotate(
        why=Subquery(moved.values("detail__reason")[:1])
    )
    return dict(
        sorted(Counter(why or "unknown" for why in reasons.values_list("why", flat=True)).items())
    )


def scopes_of(entry: DatasetEntry) -> tuple[Scope, ...]:
    source = entry.clip.source
    return ("all", ""), ("source_kind", source.kind), ("source", source.name)


def in_order(by_scope: Mapping[Scope, Found]) -> list[tuple[Scope, Found]]:
    """As the card tells them; one kind after the other, each by name."""
    return sorted(by_scope.items(), key=lambda item: (SCOPES.index(item[0][0]), item[0][1]))


def _measures() -> dict[str, Tally]:
    return {**{name: Tally() for name in COUNTERS}, "duration_s": Tally(units_in_one=10)}


def _told(strata: dict[str, Counter[str]]) -> list[dict[str, Any]]:
    """The most frequent first."""
    ordered = sorted(strata.items(), key=lambda item: (-item[1].total(), item[0]))
    return [
        {"name": name, **{split: splits[split] for split in Split.values}}
        for name, splits in ordered[:MOST_NAMES]
    ]
