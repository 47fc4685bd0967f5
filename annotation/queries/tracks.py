"""The faces of a clip and what they do, as anybody may see them who may see the clip."""

from __future__ import annotations

import gzip
import json
from typing import Any

from annotation.errors import NotFound
from annotation.importing.preparing import stored_path
from annotation.models import FaceTracks, JobState, Screening, User
from annotation.workflow.tracking import current_backends

from .clips import watchable_clip

CHOSEN = "A person chose the main faces."
# For people who caption: how to fetch them is told to those who ask for tracks.
NO_NETWORKS = "No tracks: faces are not followed on this installation."


class NoTracks(NotFound):
    """The clip has no tracks; the message says why, and whether they come."""

    code = "no_tracks"


def tracks_of(clip_id: int, actor: User) -> FaceTracks:
    clip = watchable_clip(clip_id, actor)
    tracks = FaceTracks.objects.select_related("backends").filter(clip=clip).first()
    if tracks is None:
        raise NoTracks(_why_there_are_none(clip.pk))
    return tracks


def record_of(tracks: FaceTracks) -> dict[str, Any]:
    path = stored_path(tracks.record)
    if not path.exists():
        raise NoTracks("The file of the tracks is gone. Ask for the tracks again.")
    record: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    if [track["number"] for track in record["tracks"] if track["is_main"]] != tracks.main_tracks:
        _choose(record, tracks.main_tracks)
    return record


def _choose(record: dict[str, Any], numbers: list[int]) -> None:
    """A choice that is newer than the record, which a job is about to replace."""
    for track in record["tracks"]:
        track["is_main"] = track["number"] in numbers
    labels = [int(track["is_main"]) for track in record["tracks"]]
    record["selection"] |= {"rule": "chosen", "labels": labels, "explanation": CHOSEN}


def is_outdated(tracks: FaceTracks) -> bool:
    """Whether workers see faces with other networks or settings by now."""
    backends = current_backends()
    return backends is not None and backends != tracks.backends


def signals_in(record: dict[str, Any], *, with_blendshapes: bool) -> list[dict[str, Any]]:
    """Blendshapes go by the names of the networks, our own signals by names in small letters."""
    if with_blendshapes:
        return list(record["signals"])
    return [
        {
            **signals,
            "values": {
                name: signals["values"][name] for name in filter(_is_own, signals["values"])
            },
        }
        for signals in record["signals"]
    ]


def _is_own(name: str) -> bool:
    return name.islower() and not name.startswith("_")


def _why_there_are_none(clip_id: int) -> str:
    screening = Screening.objects.select_related("job").filter(clip_id=clip_id).first()
    job = screening.job if screening else None
    if job is None:
        asked = "Nobody has asked for the tracks of this clip yet."
        return NO_NETWORKS if current_backends() is None else asked
    if job.state in (JobState.QUEUED, JobState.RUNNING):
        return "No tracks yet: the faces are being looked for. Come back in a minute."
    return f"No tracks: {job.error or 'the job was cancelled. Ask for them again.'}"
