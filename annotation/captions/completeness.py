"""What a caption needs before it can be handed in."""

from __future__ import annotations

from annotation.captions.document import CaptionDocument, Part
from annotation.captions.problems import Problems
from annotation.captions.sentences import split_sentences


def check_complete(document: CaptionDocument, *, attributes_required: bool = True) -> None:
    """
    Refuses, with InvalidCaption, a caption that lacks a part or has an empty sentence.

    The summary is one sentence. External attributes may be left out where the project says so.
    """
    problems = Problems()
    needed: list[Part] = ["facial_changes", "summary"]
    if attributes_required:
        needed.insert(0, "external_attributes")
    for part in needed:
        if not any(sentence.has_text for sentence in document.sentences(part)):
            problems.add(part, "part_missing", f"Write the {part.replace('_', ' ')}.")
    for part in ("external_attributes", "facial_changes"):
        for index, sentence in enumerate(document.sentences(part)):
            if not sentence.has_text:
                problems.add(f"{part}.{index}.text", "empty", "Write this sentence or remove it.")
    if document.summary and len(split_sentences(document.summary.text)) > 1:
        problems.add("summary.text", "several_sentences", "The summary is one sentence.")
    problems.refuse_if_any("The caption is not complete yet.")
