"""Tasks of Label Studio: the approved caption as an annotation, drafts as predictions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotation import captions
from annotation.captions import CaptionDocument
from annotation.models import DatasetEntry, DraftStatus, Export

from . import json_files
from .archive import Archive
from .choosing import Chosen
from .names import video_path

LABELS = Path(__file__).with_name("label-studio.xml")


def write_label_studio(archive: Archive, chosen: Chosen) -> None:
    """With the labelling set-up that a project there needs to show them."""
    json_files.write_arrays(archive, chosen, _task, "clip__drafts")
    archive.add(LABELS.name, [LABELS.read_bytes()])


def _task(entry: DatasetEntry, export: Export) -> Iterator[dict[str, Any]]:
    clip = entry.clip
    yield {
        "data": {
            "video": video_path(clip),
            "id": clip.uid,
            "name": clip.name,
            "split": entry.split,
            "emotion": clip.emotion,
            "caption": entry.text,
        },
        "annotations": [{"result": result_of(captions.parse(entry.caption.document))}],
        "predictions": [
            {"model_version": draft.generator, "result": result_of(captions.parse(draft.document))}
            for draft in sorted(clip.drafts.all(), key=lambda draft: draft.pk)
            if draft.status == DraftStatus.READY
            and draft.ended_at
            and draft.ended_at <= entry.version.created_at
        ],
    }


def result_of(document: CaptionDocument) -> list[dict[str, Any]]:
    """Each part as marked text, and the phases of sentences with frames on the time line."""
    texts = (
        {
            "id": part,
            "from_name": part,
            "to_name": "video",
            "type": "textarea",
            "value": {"text": [captions.to_marked_part(sentences)]},
        }
        for part in captions.PARTS
        if (sentences := document.sentences(part))
    )
    phases = (
        {
            "id": f"phase-{sentence.id}",
            "from_name": "phases",
            "to_name": "video",
            "type": "timelinelabels",
            # Frames count from 1 there, and the last one belongs to the range.
            "value": {
                "ranges": [{"start": sentence.frames[0] + 1, "end": sentence.frames[1]}],
                "timelinelabels": [sentence.phase],
            },
        }
        for sentence in document.facial_changes
        if sentence.frames and sentence.phase
    )
    return [*texts, *phases]
