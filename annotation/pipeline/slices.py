"""By what the clips of a split are told apart: the same numbers for some of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from annotation import captions
from annotation.models import DatasetEntry, FaceTracks

# Upper bounds in seconds, with what is below them.
LENGTHS = [(3.0, "under 3 s"), (6.0, "3 to 6 s"), (12.0, "6 to 12 s")]
LONGER = "12 s and longer"
MANY_FACES = 3

Label = tuple[str, str]


def labels_of(entries: Iterable[DatasetEntry]) -> Mapping[str, list[Label]]:
    """By the clip's uid: pairs of what it is told apart by, and the value."""
    entries = list(entries)
    tracks = FaceTracks.objects.in_bulk([entry.clip_id for entry in entries])
    return {entry.clip.uid: list(_labels(entry, tracks.get(entry.clip_id))) for entry in entries}


def _labels(entry: DatasetEntry, tracks: FaceTracks | None) -> Iterator[Label]:
    clip = entry.clip
    yield "source", clip.source.name
    yield "source_kind", clip.source.kind
    yield "emotion", clip.emotion or "not labelled"
    yield "length", length_of(clip.duration_s)
    for phase in sorted(phases_of(entry)):
        yield "phase", phase
    yield from _faces(tracks)


def length_of(seconds: float) -> str:
    return next((name for bound, name in LENGTHS if seconds < bound), LONGER)


def phases_of(entry: DatasetEntry) -> set[str]:
    """Of which the caption tells something, so a clip stands in several slices."""
    changes = captions.parse(entry.caption.document).sentences("facial_changes")
    return {sentence.phase for sentence in changes if sentence.phase}


def _faces(tracks: FaceTracks | None) -> Iterator[Label]:
    if tracks is None:
        yield "faces", "not tracked"
        return
    count = tracks.identities
    yield "faces", str(count) if count < MANY_FACES else f"{MANY_FACES} or more"
    yield "prominence", "several main faces" if len(tracks.main_tracks) > 1 else "one main face"
