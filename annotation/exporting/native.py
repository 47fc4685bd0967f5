"""Our own format: everything of a version that another installation needs to make it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.models import AgreementKind, ApprovedCaption, Clip, DatasetEntry, Export

from . import json_files
from .archive import Archive
from .choosing import Chosen
from .names import original_path, video_path

RELATED = (
    "clip__drafts",
    "clip__agreement_scores",
    "caption__consolidation__verdicts",
)


def write_native(archive: Archive, chosen: Chosen) -> None:
    """Whole documents with where they came from, one on each line. No person is named."""
    json_files.write_lines(archive, chosen, _native, *RELATED)


def _native(entry: DatasetEntry, export: Export) -> Iterator[dict[str, Any]]:
    yield {
        "id": entry.clip.uid,
        "video": video_path(entry.clip),
        "original": original_path(entry.clip) if entry.clip.crop else None,
        "split": entry.split,
        "group": entry.group,
        "text": entry.text,
        "document": entry.caption.document,
        "clip": _clip(entry.clip),
        "provenance": _provenance(entry),
        "agreement": list(_agreement(entry.clip)),
    }


def _clip(clip: Clip) -> dict[str, Any]:
    return {
        "name": clip.name,
        "sha256": clip.sha256,
        "source": clip.source.name,
        "source_kind": clip.source.kind,
        "source_licence": clip.source.licence,
        "source_video": clip.source_video,
        "group": clip.group,
        "duplicate_group": clip.duplicate_group,
        "person_group": clip.person_group,
        "licence": clip.licence or clip.source.licence,
        "consent_until": clip.consent_until and clip.consent_until.isoformat(),
        "emotion": clip.emotion,
        "duration_s": clip.duration_s,
        "frame_count": clip.frame_count,
        "width": clip.width,
        "height": clip.height,
        "crop": clip.crop,
    }


def _provenance(entry: DatasetEntry) -> dict[str, Any]:
    caption = entry.caption
    return {
        "caption": caption.uid,
        "sha256": caption.sha256,
        "approved_at": caption.created_at.isoformat(),
        **_review(caption),
        "drafts": [
            {"uid": draft.uid, "kind": draft.kind, "generator": draft.generator}
            for draft in sorted(entry.clip.drafts.all(), key=lambda draft: draft.pk)
            if draft.ended_at and draft.ended_at <= entry.version.created_at
        ],
    }


def _review(caption: ApprovedCaption) -> dict[str, Any]:
    if caption.consolidation is None:
        return {"imported": caption.imported}
    return {
        "round": caption.consolidation.round,
        "cross_validation": caption.cross_validation and caption.cross_validation.mode,
        "verdicts": sorted(verdict.verdict for verdict in caption.consolidation.verdicts.all()),
    }


def _agreement(clip: Clip) -> Iterator[dict[str, Any]]:
    """Of each two people who worked on the clip, without saying who they are."""
    scores = sorted(clip.agreement_scores.all(), key=lambda score: score.pk)
    for score in scores:
        yield {
            "between": AgreementKind(score.kind).value,
            "event_f1": score.event_f1,
            "tem": score.tem,
            "word_distance": score.word_distance,
            "metric_version": score.metric_version,
        }
