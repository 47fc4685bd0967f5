"""A person's own choice of the main faces."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ml.records import FaceRecord
from ml.tracking.areas import main_area
from ml.tracking.explaining import explain_choice


def choose_main(record: FaceRecord, numbers: Collection[int]) -> FaceRecord:
    """The record with a person's choice of main faces; refuses none and unknown ones."""
    known = {track.number for track in record.tracks}
    if not numbers or not known.issuperset(numbers):
        raise ValueError("Choose at least one of the faces that the clip has.")
    labels = [int(track.number in numbers) for track in record.tracks]
    tracks = [replace(track, is_main=track.number in numbers) for track in record.tracks]
    selection = replace(
        record.selection,
        rule="chosen",
        labels=labels,
        explanation=explain_choice(sorted(numbers)),
    )
    screening = replace(record.screening, main_area=main_area(tracks, record.width * record.height))
    return replace(record, tracks=tracks, selection=selection, screening=screening)
