"""A person's choice of main faces, found again in a newer record of the same pictures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ml.records import FaceRecord, TrackRecord

# Boxes of one face by two detectors overlap by more; those of neighbours hardly at all.
LEAST_OVERLAP = 0.3

Boxes = Mapping[int, Sequence[int]]


def carry_over(chosen: Collection[int], old: FaceRecord, new: FaceRecord) -> list[int]:
    """The new numbers of the chosen tracks; none where one of them is not found again."""
    if (old.width, old.height) != (new.width, new.height):
        return []
    candidates = {track.number: _by_frame(track, new) for track in new.tracks}
    found = []
    for track in old.tracks:
        if track.number in chosen:
            number = _most_alike(_by_frame(track, old), candidates)
            if number is None:
                return []
            found.append(number)
    return sorted(set(found))


def _by_frame(track: TrackRecord, record: FaceRecord) -> Boxes:
    return {record.frames[at]: box for at, box in zip(track.at, track.boxes, strict=True)}


def _most_alike(boxes: Boxes, candidates: Mapping[int, Boxes]) -> int | None:
    overlaps = {
        number: sum(_overlap(boxes[frame], other[frame]) for frame in boxes.keys() & other.keys())
        for number, other in candidates.items()
    }
    best = max(overlaps, key=lambda number: overlaps[number], default=None)
    if best is None or overlaps[best] < LEAST_OVERLAP * len(boxes):
        return None
    return best


def _overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """Of two boxes: what they share, of what they cover together."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return shared / (sum(areas) - shared)
