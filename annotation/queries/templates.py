"""Candidates for instruction templates, each with the other that it nearly repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotation.instructions.likeness import Nearest, nearest_by_letters
from annotation.models import TemplateCandidate, User
from annotation.workflow.access import require_role

from .datasets import READERS

# Above these two say much the same, as far as those go that were looked at.
NEAR_BY_LETTERS = 0.5
NEAR_BY_MEANING = 0.9


@dataclass(frozen=True)
class Likeness:
    uid: str
    text: str
    likeness: float
    is_near: bool


@dataclass(frozen=True)
class Candidate:
    uid: str
    text: str
    origin: str
    choice: str
    by_letters: Likeness | None
    by_meaning: Likeness | None  # once a worker has compared them


def candidates_of(project_id: int, actor: User) -> list[Candidate]:
    """In the order added."""
    require_role(project_id, actor, *READERS)
    found = list(
        TemplateCandidate.objects.filter(project_id=project_id)
        .select_related("alike")
        .order_by("pk")
    )
    nearest = nearest_by_letters([each.text for each in found])
    return [
        Candidate(
            uid=each.uid,
            text=each.text,
            origin=each.origin,
            choice=each.choice,
            by_letters=_by_letters(found, near),
            by_meaning=_by_meaning(each),
        )
        for each, near in zip(found, nearest, strict=True)
    ]


def _by_letters(found: Sequence[TemplateCandidate], near: Nearest | None) -> Likeness | None:
    return None if near is None else _likeness(found[near.place], near.likeness, NEAR_BY_LETTERS)


def _by_meaning(candidate: TemplateCandidate) -> Likeness | None:
    other = candidate.alike
    if other is None:
        return None
    return _likeness(other, candidate.alikeness or 0, NEAR_BY_MEANING)


def _likeness(other: TemplateCandidate, likeness: float, bound: float) -> Likeness:
    return Likeness(other.uid, other.text, round(likeness, 3), likeness >= bound)
