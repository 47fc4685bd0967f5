"""What the trainer reads: one line for each clip of a split, in the order of their names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from annotation.exporting.videos import shown_video
from annotation.full_disk import naming_a_full_disk
from annotation.importing.preparing import stored_path
from annotation.instructions.templates import drawn_instruction
from annotation.models import DatasetEntry, Split, TrainingRun

SCHEMA = 1
CHUNK = 500
# No run may see the test split, so it has no manifest.
SEEN = (Split.TRAIN, Split.VALIDATION)

OnClip = Callable[[int], None]


def write_manifest(run: TrainingRun, split: Split, path: Path, on_clip: OnClip) -> dict[str, Any]:
    """
    Its hash and count. Entries are read a piece at a time, and the file appears whole.

    Equal versions, instruction sets and seeds give equal bytes on one machine.
    """
    if split not in SEEN:
        raise ValueError(f"the {split} split is not for training")
    digest, count = hashlib.sha256(), 0
    part = path.with_suffix(".part")
    with naming_a_full_disk(), part.open("wb") as file:
        for count, line in enumerate(_lines(run, split)):
            file.write(line)
            digest.update(line)
            on_clip(count)
    part.replace(path)
    return {"sha256": digest.hexdigest(), "count": count}


def _lines(run: TrainingRun, split: Split) -> Iterator[bytes]:
    entries = (
        DatasetEntry.objects.filter(version=run.version, split=split)
        .select_related("clip__face_tracks")
        .order_by("clip__uid")
    )
    yield _line(_header(run, split, entries.count()))
    for entry in entries.iterator(chunk_size=CHUNK):
        yield _line(_example(run, entry))


def _header(run: TrainingRun, split: Split, count: int) -> dict[str, Any]:
    chosen = run.instruction_set
    return {
        "schema": SCHEMA,
        "kind": "training",
        "dataset_version": run.version.uid,
        "dataset_sha256": run.version.sha256,
        "instruction_set": {"uid": chosen.uid, "version": chosen.version, "seed": run.seed},
        "split": split.value,
        "count": count,
    }


def _example(run: TrainingRun, entry: DatasetEntry) -> dict[str, Any]:
    clip = entry.clip
    tracks = getattr(clip, "face_tracks", None)
    return {
        "id": clip.uid,
        # Whether it is there is for the trainer to say, which names all that are missing.
        "video": str(shown_video(clip).stored_at.resolve()),
        "faces": str(stored_path(tracks.record).resolve()) if tracks else None,
        "instruction": drawn_instruction(run.instruction_set.templates, run.seed, clip.uid),
        "answer": entry.text,
        "sha256": clip.sha256,
    }


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
