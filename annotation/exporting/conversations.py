"""A question about each video and its caption as the answer: what trainers read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.instructions.templates import drawn_instruction
from annotation.models import DatasetEntry, Export

from . import json_files
from .archive import Archive
from .choosing import Chosen
from .names import video_path


def question(entry: DatasetEntry, export: Export) -> dict[str, str]:
    templates = export.instruction_set.templates if export.instruction_set else []
    instruction = drawn_instruction(templates, export.seed, entry.clip.uid)
    return {"from": "human", "value": f"<video>\n{instruction}"}


def answer(text: str) -> dict[str, str]:
    return {"from": "gpt", "value": text}


def write_videollama2(archive: Archive, chosen: Chosen) -> None:
    """One JSON array, as the trainer of VideoLLaMA2 reads it."""
    json_files.write_arrays(archive, chosen, _videollama2)


def _videollama2(entry: DatasetEntry, export: Export) -> Iterator[dict[str, Any]]:
    yield {
        "id": entry.clip.uid,
        "video": video_path(entry.clip),
        "conversations": [question(entry, export), answer(entry.text)],
    }


def write_facialdynamic(archive: Archive, chosen: Chosen) -> None:
    """The shape in which the benchmark was published."""
    json_files.write_arrays(archive, chosen, _published)


def _published(entry: DatasetEntry, export: Export) -> Iterator[dict[str, Any]]:
    yield {"id": entry.clip.uid, "video": video_path(entry.clip), "caption": entry.text}


def write_llama_factory(archive: Archive, chosen: Chosen) -> None:
    json_files.write_arrays(archive, chosen, _sharegpt)
    add_dataset_info(archive, chosen, {"messages": "conversations", "videos": "videos"})


def _sharegpt(entry: DatasetEntry, export: Export) -> Iterator[dict[str, Any]]:
    yield {
        "conversations": [question(entry, export), answer(entry.text)],
        "videos": [video_path(entry.clip)],
    }


def add_dataset_info(
    archive: Archive, chosen: Chosen, columns: dict[str, str], **more: object
) -> None:
    """What LLaMA-Factory reads of a folder: which files are data sets, and of which shape."""
    info = {
        f"countenance_{split}": {
            "file_name": f"{split}.json",
            "formatting": "sharegpt",
            "columns": columns,
            **more,
        }
        for split in chosen.splits
    }
    archive.add("dataset_info.json", [json_files.document(info)])
