"""Captions that a prompt may show a model as examples: what people approved to learn from."""

from __future__ import annotations

from typing import Any

from annotation import captions
from annotation.captions import Sentence
from annotation.drawing import shuffled
from annotation.models import Clip, DatasetEntry, DatasetVersion, PromptVersion, Split


def examples_for(clip: Clip, prompt: PromptVersion) -> list[dict[str, Any]]:
    """
    Of the train split of the newest dataset version, in the form that models answer in.

    The same ones for all clips of a project, less those that show the clip's own people or video:
    a model must not be told what it is asked, and nothing of the test split is ever shown.
    """
    version = DatasetVersion.objects.filter(project=clip.project_id).order_by("-number").first()
    if version is None or not prompt.example_count:
        return []
    entries = DatasetEntry.objects.filter(version=version, split=Split.TRAIN)
    own = entries.filter(clip=clip).values_list("group", flat=True).first()
    others = entries.exclude(clip=clip).exclude(group=own or "")
    related = {clip.source_video, clip.group, clip.person_group, clip.duplicate_group} - {""}
    in_order: list[DatasetEntry] = shuffled(
        others.select_related("clip__frame_table", "caption"),
        version.seed,
        prompt.uid,
        key=lambda entry: entry.clip.uid,
    )
    strangers = [entry for entry in in_order if related.isdisjoint(_ties(entry.clip))]
    return [_example(entry) for entry in strangers[: prompt.example_count]]


def _ties(clip: Clip) -> tuple[str, str, str, str]:
    return clip.source_video, clip.group, clip.person_group, clip.duplicate_group


def _example(entry: DatasetEntry) -> dict[str, Any]:
    document = captions.parse(entry.caption.document)
    table = entry.clip.frame_table
    tick_s = table.time_base_num / table.time_base_den
    seconds = [(tick - table.pts[0]) * tick_s for tick in table.pts]
    return {
        "external_attributes": list(map(_words, document.external_attributes)),
        "facial_changes": [
            _words(sentence) | {"phase": sentence.phase} | _when(sentence, seconds)
            for sentence in document.facial_changes
        ],
        "summary": _words(document.summary) if document.summary else {"text": "", "inferred": []},
    }


def _words(sentence: Sentence) -> dict[str, Any]:
    spans = sentence.inferences
    return {
        "text": sentence.text,
        "inferred": [sentence.text[span.start : span.end] for span in spans],
    }


def _when(sentence: Sentence, seconds: list[float]) -> dict[str, float | None]:
    if sentence.frames is None:
        return {"from_s": None, "to_s": None}
    first, after = sentence.frames
    last = min(after, len(seconds)) - 1
    return {"from_s": round(seconds[min(first, last)], 2), "to_s": round(seconds[last], 2)}
