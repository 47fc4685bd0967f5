"""
How each caption came about: picks, reasons, verdicts and cross-validations.

People have pseudonyms, which are the same within a version and mean nothing beyond it. What they
wrote as reasons is as they wrote it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.utils.crypto import salted_hmac

from annotation.models import (
    AnnotationReturn,
    Consolidation,
    CrossValidation,
    DatasetEntry,
    Export,
    Pick,
)

from . import json_files
from .archive import Archive
from .choosing import Chosen

BRANCH = "caption__consolidation__"
RELATED = (
    f"{BRANCH}picks",
    f"{BRANCH}returns__annotation",
    f"{BRANCH}verdicts__annotation",
    f"{BRANCH}cross_validations__marks",
)
# Of the hash: among a million people, two share it once in a thousand projects.
DIGITS = 12
NameOf = Callable[[int | None], str | None]


def write_audit(archive: Archive, chosen: Chosen) -> None:
    json_files.write_lines(archive, chosen, _record, *RELATED)


def pseudonym(version_uid: str, user_id: int | None) -> str | None:
    """Keyed by the installation's secret: nobody can try all numbers of people."""
    if user_id is None:
        return None
    return salted_hmac("consolidation audit", f"{version_uid}:{user_id}").hexdigest()[:DIGITS]


def _record(entry: DatasetEntry, export: Export) -> Iterator[dict[str, Any]]:
    name_of = partial(pseudonym, entry.version.uid)
    consolidation = entry.caption.consolidation
    yield {
        "id": entry.clip.uid,
        "split": entry.split,
        "caption": entry.caption.uid,
        "document": entry.caption.document,
        "consolidation": consolidation and _consolidation(consolidation, name_of),
    }


def _consolidation(made: Consolidation, name_of: NameOf) -> dict[str, Any]:
    verdicts = sorted(made.verdicts.all(), key=lambda verdict: verdict.annotation_id)
    return {
        "round": made.round,
        "reviewer": name_of(made.reviewer_id),
        "finished_at": made.finished_at and made.finished_at.isoformat(),
        "result": made.document,
        "picks": list(map(_pick, sorted(made.picks.all(), key=lambda pick: pick.pk))),
        "returns": [
            _return(found, name_of)
            for found in sorted(made.returns.all(), key=lambda found: found.pk)
        ],
        "verdicts": [
            {
                "annotation": found.annotation.uid,
                "annotator": name_of(found.annotation.annotator_id),
                "verdict": found.verdict,
            }
            for found in verdicts
        ],
        "cross_validations": [
            _cross_validation(found, name_of)
            for found in sorted(made.cross_validations.all(), key=lambda found: found.pk)
        ],
    }


def _pick(pick: Pick) -> dict[str, Any]:
    return {
        "action": pick.action,
        "sentence": pick.sentence,
        "sources": pick.sources,
        "text_before": pick.text_before,
        "text_after": pick.text_after,
        "reason": pick.reason,
    }


def _return(found: AnnotationReturn, name_of: NameOf) -> dict[str, Any]:
    return {
        "annotation": found.annotation.uid,
        "annotator": name_of(found.annotation.annotator_id),
        "reason": found.reason,
        "answer": found.answer,
        "sentences": found.sentences,
    }


def _cross_validation(found: CrossValidation, name_of: NameOf) -> dict[str, Any]:
    return {
        "mode": found.mode,
        "reviewer": name_of(found.reviewer_id),
        "outcome": found.outcome,
        "reason": found.reason,
        "blind_document": found.blind_document,
        "marks": [
            {"sentence": mark.sentence, "mark": mark.mark, "note": mark.note}
            for mark in sorted(found.marks.all(), key=lambda mark: mark.sentence)
        ],
    }
