"""
A draft out of the measured signals alone: what moved and when, in fixed words, by rules.

It needs neither a GPU nor a key. It tells nothing but clear movements, guesses no feeling and
leaves the looks of a person to whoever corrects it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from ml.drafting.moments import clear_moments
from ml.drafting.phrases import ORDINALS, SEVERAL
from ml.drafting.protocols import ClipInputs, Drafted, Failed, Outcome
from ml.drafting.telling import Person, Telling
from ml.records import FaceRecord, TrackRecord, TrackSignals

# Says what it is to whoever sees it. Counts up whenever the same record would give another draft.
GENERATOR = "rules on measured signals, version 1"

# Half a second of a face from the front; from less nothing can be told.
LEAST_MEASURED = 8
MOST_PEOPLE = len(ORDINALS)


class SignalsDrafter:
    def draft(self, clip: ClipInputs) -> Outcome:
        if clip.faces is None:
            return Failed(
                "no_tracks", "The faces of this clip were not tracked, so nothing was measured."
            )
        return draft_from_record(clip.faces)


def draft_from_record(record: FaceRecord) -> Drafted | Failed:
    main = {track.number: track for track in record.tracks if track.is_main}
    if not main:
        return Failed("no_face", "No face was found in this clip, so there is nothing to tell.")
    measured = [
        _Face(main[signals.track], signals)
        for signals in record.signals
        if signals.track in main and _measured(signals) >= LEAST_MEASURED
    ]
    if not measured:
        return Failed(
            "nothing_measured",
            "No main face of this clip is seen well and long enough for its movements to be "
            "measured.",
        )
    return Drafted(_document(_people(measured, record), record))


@dataclass(frozen=True)
class _Face:
    track: TrackRecord
    signals: TrackSignals

    @property
    def centre(self) -> float:
        """How far right in the picture, on the whole."""
        return sum(box[0] + box[2] for box in self.track.boxes) / (2 * len(self.track.boxes))


def _measured(signals: TrackSignals) -> int:
    return sum(value is not None for value in signals.values.get("yaw", ()))


def _people(faces: Sequence[_Face], record: FaceRecord) -> list[Person]:
    """Those with the largest faces, from the left of the picture to its right."""
    largest = sorted(faces, key=lambda face: -face.track.mean_area)[:MOST_PEOPLE]
    names = [f"the {word} person" for word in ORDINALS] if len(largest) > 1 else ["the person"]
    from_left = sorted(largest, key=lambda face: face.centre)
    return [
        Person(who, clear_moments(record, face.signals))
        for who, face in zip(names, from_left, strict=False)
    ]


def _document(people: Sequence[Person], record: FaceRecord) -> dict[str, Any]:
    telling = Telling(record.frame_count, record.screening.perceptual_hash)
    numbers = count(1)

    def numbered(sentence: dict[str, object]) -> dict[str, object]:
        return {"id": f"s{next(numbers)}", **sentence, "inferences": []}

    several = [SEVERAL[len(people)]] if len(people) > 1 else []
    return {
        "schema": 1,
        "external_attributes": [numbered({"text": text}) for text in several],
        "facial_changes": [numbered(sentence) for sentence in telling.changes(people)],
        "summary": numbered({"text": telling.summary(people)}),
    }
