"""Records in two shapes of others: tasks of Label Studio, and the published captions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, BeforeValidator, Field
from pydantic_core import from_json, to_json

from annotation import captions
from annotation.captions.marked import PART_LINE

# What a task's data may tell about a clip; it may hold anything else for screens of its own.
FACTS = (
    *("video", "name", "emotion", "source_video", "group"),
    *("licence", "consent_until", "priority"),
)
# Where Label Studio serves the files of its own machine; the path stands in `d`.
LOCAL_FILES = "/data/local-files/"
TEXT, PHASE = "textarea", "timelinelabels"


def _told(regions: object) -> object:
    """Only what captions are made of: regions of all other kinds have shapes of their own."""
    if not isinstance(regions, list):
        return regions
    return [
        region
        for region in regions
        if isinstance(region, dict) and region.get("type") in (TEXT, PHASE)
    ]


def _written_out(predictions: object) -> object:
    """Its own exports only number the predictions."""
    if not isinstance(predictions, list):
        return predictions
    return [found for found in predictions if not isinstance(found, int)]


class Range(BaseModel):
    # Frames count from 1 there, and the last one belongs to the range.
    start: Annotated[int, Field(ge=1)]
    end: int


class Value(BaseModel):
    text: str | list[str] = []
    ranges: list[Range] = []
    timelinelabels: list[str] = []


class Region(BaseModel):
    type: str
    from_name: str
    value: Value


class Made(BaseModel):
    result: Annotated[list[Region], BeforeValidator(_told)]
    was_cancelled: bool = False
    model_version: str | None = None


class Task(BaseModel):
    data: dict[str, Any]
    annotations: list[Made] = []
    predictions: Annotated[list[Made], BeforeValidator(_written_out)] = []


def in_our_shape(line: bytes) -> bytes:
    """
    What is in neither shape stays: whether it is a record at all is told later. Raises pydantic's
    ValidationError for a task that is not as Label Studio writes them.
    """
    try:
        value = from_json(line)
    except ValueError:
        return line
    if not isinstance(value, dict):
        return line
    if "data" in value:
        return to_json(_of_task(Task.model_validate(value)))
    if "caption" in value and "drafts" not in value:
        return to_json(_of_published(value))
    return line


def _of_published(value: dict[str, Any]) -> dict[str, Any]:
    """`{"id", "video", "caption"}`, and other fields of ours where they stand beside."""
    record = {name: found for name, found in value.items() if name not in ("id", "caption")}
    if isinstance(value.get("id"), str | int):
        record.setdefault("name", str(value["id"]))
    return {**record, "drafts": [{"generator": "caption", "caption": value["caption"]}]}


def _of_task(task: Task) -> dict[str, Any]:
    record = {name: task.data[name] for name in FACTS if name in task.data}
    if isinstance(record.get("video"), str):
        record["video"] = _local_path(record["video"])
    return {**record, "drafts": list(_drafts(task))}


def _local_path(video: str) -> str:
    address = urlsplit(video)
    named = parse_qs(address.query).get("d") if address.path == LOCAL_FILES else None
    return named[0] if named else video


def _drafts(task: Task) -> Iterator[dict[str, Any]]:
    """Finished annotations first. Who made several has a number from the second on."""
    made = [("Label Studio", found) for found in task.annotations if not found.was_cancelled]
    made += [(found.model_version or "prediction", found) for found in task.predictions]
    seen = Counter[str]()
    for generator, found in made:
        if caption := _caption(found.result):
            seen[generator] += 1
            number = f" {seen[generator]}" if seen[generator] > 1 else ""
            yield {"generator": f"{generator}{number}", **caption}


def _caption(regions: list[Region]) -> dict[str, Any]:
    """Marked text where the fields are called as ours are, else the plain text of all fields."""
    texts = defaultdict[str, list[str]](list)
    for region in regions:
        text = region.value.text
        texts[region.from_name] += [text] if isinstance(text, str) else text
    phases = list(_phases(regions))
    if texts.keys() & set(captions.PARTS):
        parts = ("\n".join(texts[part]) for part in captions.PARTS)
        return {"marked": f"\n{PART_LINE}\n".join(parts), "phases": phases}
    caption = "\n".join(line for lines in texts.values() for line in lines)
    return {"caption": caption, "phases": phases} if caption else {}


def _phases(regions: list[Region]) -> Iterator[dict[str, Any]]:
    for region in regions:
        for phase in set(captions.PHASES) & set(region.value.timelinelabels):
            for span in region.value.ranges:
                yield {"phase": phase, "frames": [span.start - 1, span.end]}
