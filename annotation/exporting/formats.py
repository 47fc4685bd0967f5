"""How the entries of one split are written, a piece at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from annotation.instructions.templates import drawn_instruction
from annotation.models import DatasetEntry, Export, ExportFormat

from .names import video_name

Write = Callable[[Iterable[DatasetEntry], Export], Iterator[bytes]]


@dataclass(frozen=True)
class Format:
    suffix: str
    write: Write


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def write_conversations(entries: Iterable[DatasetEntry], export: Export) -> Iterator[bytes]:
    """One JSON array, as the trainer of VideoLLaMA2 reads it."""
    separator = b"[\n"
    for entry in entries:
        yield separator + _line(_conversation(entry, export))
        separator = b",\n"
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"


def _conversation(entry: DatasetEntry, export: Export) -> dict[str, Any]:
    templates = export.instruction_set.templates if export.instruction_set else []
    instruction = drawn_instruction(templates, export.seed, entry.clip.uid)
    return {
        "id": entry.clip.uid,
        "video": f"videos/{video_name(entry.clip)}",
        "conversations": [
            {"from": "human", "value": f"<video>\n{instruction}"},
            {"from": "gpt", "value": entry.text},
        ],
    }


def write_native(entries: Iterable[DatasetEntry], export: Export) -> Iterator[bytes]:
    """Whole documents with where they came from, one on each line. No person is named."""
    for entry in entries:
        yield _line(_native(entry)) + b"\n"


def _native(entry: DatasetEntry) -> dict[str, Any]:
    clip, caption = entry.clip, entry.caption
    return {
        "id": clip.uid,
        "video": f"videos/{video_name(clip)}",
        "split": entry.split,
        "group": entry.group,
        "text": entry.text,
        "document": caption.document,
        "clip": {
            "name": clip.name,
            "sha256": clip.sha256,
            "source": clip.source.name,
            "source_kind": clip.source.kind,
            "source_video": clip.source_video,
            "group": clip.group,
            "licence": clip.licence or clip.source.licence,
            "emotion": clip.emotion,
            "duration_s": clip.duration_s,
            "frame_count": clip.frame_count,
            "width": clip.width,
            "height": clip.height,
            "crop": clip.crop,
        },
        "provenance": {
            "caption": caption.uid,
            "sha256": caption.sha256,
            "round": caption.consolidation.round,
            "cross_validation": caption.cross_validation and caption.cross_validation.mode,
            "verdicts": sorted(verdict.verdict for verdict in caption.consolidation.verdicts.all()),
            "drafts": [
                {"uid": draft.uid, "kind": draft.kind, "generator": draft.generator}
                for draft in sorted(clip.drafts.all(), key=lambda draft: draft.pk)
                if draft.ended_at and draft.ended_at <= entry.version.created_at
            ],
        },
    }


FORMATS = {
    ExportFormat.VIDEOLLAMA2: Format("json", write_conversations),
    ExportFormat.NATIVE_JSONL: Format("jsonl", write_native),
}
