"""What a version that is not stored yet would hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotation.models import DatasetVersion, Split
from annotation.workflow.release_candidates import Candidate
from annotation.workflow.release_splits import locked_clips
from annotation.workflow.releasing import Made

MOST_STRATA = 100


@dataclass(frozen=True)
class Stratum:
    """Clips of one source or one emotion, by split."""

    name: str
    train: int
    validation: int
    test: int


@dataclass(frozen=True)
class Preview:
    seed: int
    counts: dict[str, object]
    targets: dict[str, float | int | None]
    locked: int
    sources: list[Stratum]
    emotions: list[Stratum]
    warnings: list[dict[str, str]]


def preview_of(made: Made) -> Preview:
    version = made.version
    locked_here = len(made.places.keys() & locked_clips(version.project))
    return Preview(
        seed=version.seed,
        counts=version.counts,
        targets=version.targets,
        locked=locked_here,
        sources=_strata(made, lambda clip: clip.source.name),
        emotions=_strata(made, lambda clip: clip.emotion),
        warnings=[
            {"code": code, "message": message} for code, message in _warnings(version, locked_here)
        ],
    )


def _strata(made: Made, name_of: Callable[[Candidate], str]) -> list[Stratum]:
    """The most frequent first."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in made.chosen:
        found[name_of(one.clip)][made.places[one.clip.uid].split] += 1
    ordered = sorted(found.items(), key=lambda item: (-item[1].total(), item[0]))
    return [
        Stratum(name, **{split: splits[split] for split in Split.values})
        for name, splits in ordered[:MOST_STRATA]
    ]


def _warnings(version: DatasetVersion, locked: int) -> Iterator[tuple[str, str]]:
    counts, targets = version.counts, version.targets
    if not counts[Split.TRAIN]:
        yield "empty_train", "No clip is left to train on. Ask for less in the other splits."
    for split in (Split.TEST, Split.VALIDATION):
        asked, found = targets[f"{split}_clips"], counts[split]
        if asked and not found:
            yield f"empty_{split}", f"The {split} split is empty: every group is larger than it."
        elif found != asked:
            is_locked = split == Split.TEST and locked > asked
            why = "earlier versions locked them" if is_locked else "groups stay whole"
            told = f"The {split} split has {found:,} clips where {asked:,} were asked for"
            yield f"{split}_off_target", f"{told}, because {why}."
    if version.locks_test and not counts[Split.TEST]:
        yield "empty_lock", "The test split is to be locked and is empty. Ask for some clips."
