"""A project's bounds, and what they say of one clip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from annotation.errors import InvalidInput, RevisionConflict
from annotation.jobs import JobKind, enqueue
from annotation.models import (
    Clip,
    FaceTracks,
    Project,
    Role,
    ScreeningOutcome,
    ScreeningRules,
    User,
)

from .access import project_for
from .recording import record_in_project

PASSED, FLAGGED, REJECTED = (
    ScreeningOutcome.PASSED,
    ScreeningOutcome.FLAGGED,
    ScreeningOutcome.REJECTED,
)
CHANGEABLE = {
    "max_seconds",
    "needs_face",
    "min_main_area",
    "max_identities",
    "max_cuts_per_10_s",
    "min_motion",
    "near_duplicate_bits",
    "same_person_cosine",
    "keeps_embeddings",
}


@dataclass(frozen=True)
class Finding:
    """What one rule measured, the bound it holds that against, and what follows."""

    rule: str
    value: float
    threshold: float
    outcome: ScreeningOutcome

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "value": round(self.value, 4), "outcome": self.outcome.value}


def rules_of(project: Project) -> ScreeningRules:
    found = ScreeningRules.objects.filter(project=project).first()
    return found or ScreeningRules(project=project)


def judge_length(clip: Clip, rules: ScreeningRules) -> Finding:
    is_long = clip.duration_s > rules.max_seconds
    return Finding("length", clip.duration_s, rules.max_seconds, REJECTED if is_long else PASSED)


def judge_tracks(tracks: FaceTracks, rules: ScreeningRules) -> Iterator[Finding]:
    lacks_face = rules.needs_face and not tracks.has_face
    yield Finding("face", tracks.has_face, rules.needs_face, REJECTED if lacks_face else PASSED)
    if tracks.has_face:
        yield _at_least("main_area", tracks.main_area, rules.min_main_area)
    yield _at_most("identities", tracks.identities, rules.max_identities)
    yield _at_most("cuts_per_10_s", tracks.cuts_per_10_s, rules.max_cuts_per_10_s)
    yield _at_least("motion", tracks.motion, rules.min_motion)


def _at_least(rule: str, value: float, threshold: float) -> Finding:
    return Finding(rule, value, threshold, FLAGGED if value < threshold else PASSED)


def _at_most(rule: str, value: float, threshold: float) -> Finding:
    return Finding(rule, value, threshold, FLAGGED if value > threshold else PASSED)


def worst_of(findings: Iterable[Finding]) -> ScreeningOutcome:
    outcomes = {finding.outcome for finding in findings}
    return next(outcome for outcome in (REJECTED, FLAGGED, PASSED) if outcome in outcomes)


@transaction.atomic
def change_rules(
    *, project_id: int, actor: User, revision: int, changes: Mapping[str, Any]
) -> ScreeningRules:
    """Sets bounds, and has the clips that wait in the screening judged by them."""
    project_for(project_id, actor, Role.LEAD)
    # Locked, because there may be no row of rules to lock yet.
    project = Project.objects.select_for_update(no_key=True).get(pk=project_id)
    rules = rules_of(project)
    if rules.revision != revision:
        raise RevisionConflict(
            "Somebody else changed the rules. Read them again.", current=rules.revision
        )
    if unknown := set(changes) - CHANGEABLE:
        raise InvalidInput(f"There is no rule {', '.join(sorted(unknown))} that can be set.")
    for name, value in changes.items():
        setattr(rules, name, value)
    rules.revision += 1
    rules.save()
    record_in_project(
        "screening.rules_changed", project=project, actor=actor, fields=sorted(changes)
    )
    enqueue(
        JobKind.JUDGE_AGAIN,
        key=f"judge:{project.uid}:{rules.revision}",
        payload={"project": project.pk},
        project=project,
        started_by=actor,
    )
    return rules
