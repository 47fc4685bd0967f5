"""Frames for the sentences of a caption whose text says nothing about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotation import captions
from annotation.captions import CaptionDocument, Phase

TimedPhase = tuple[Phase, tuple[int, int]]


def with_frames(document: CaptionDocument, phases: Sequence[TimedPhase]) -> CaptionDocument:
    """
    As many ranges as sentences go to them in order, with their phases. Otherwise those of a phase
    go to its sentences, where there are as many of both: nobody can know which else belong
    together, and the sentences stay without.
    """
    sentences = list(document.facial_changes)
    chosen = [_of_phase(document, phases, phase) for phase in captions.PHASES]
    if len(phases) == len(sentences):
        chosen = [list(zip(range(len(sentences)), phases, strict=True))]
    for place, (phase, frames) in (pair for pairs in chosen for pair in pairs):
        sentences[place] = replace(sentences[place], phase=phase, frames=frames)
    return captions.parse(replace(document, facial_changes=tuple(sentences)).to_json())


def _of_phase(
    document: CaptionDocument, phases: Sequence[TimedPhase], phase: Phase
) -> list[tuple[int, TimedPhase]]:
    """Places of sentences with what belongs to them."""
    ranges = [found for found in phases if found[0] == phase]
    places = [place for place, one in enumerate(document.facial_changes) if one.phase == phase]
    return list(zip(places, ranges, strict=True)) if len(places) == len(ranges) else []
