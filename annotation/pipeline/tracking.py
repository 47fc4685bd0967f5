"""Jobs that look at the faces of one clip. Safe to run twice: equal work gives equal files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from annotation.importing.preparing import storage_name, stored_path
from annotation.jobs import Progress
from annotation.media import write_derived
from annotation.models import Clip, FaceBackends, FaceTracks
from annotation.workflow.screening import TracksFound, record_choice, record_tracks
from annotation.workflow.tracking import announce_backends
from ml.records import FaceRecord
from ml.video.streaming import SampledFrame

from .analysers import Analysis, key_of
from .frames import sampled_frames
from .networks import installed_analyser


def announce() -> int:
    """Says with which networks this worker sees faces. Answers how many clips that brought in."""
    versions = installed_analyser().versions
    return announce_backends(key=key_of(versions), versions=versions)


def track_faces(progress: Progress) -> dict[str, object]:
    clip = Clip.objects.get(pk=progress.job.payload["clip"])
    analyser = installed_analyser()
    backends, _ = FaceBackends.objects.get_or_create(
        key=key_of(analyser.versions), defaults={"versions": dict(analyser.versions)}
    )
    with sampled_frames(clip) as (header, frames):
        watched = _reporting(frames, header.frame_count, progress)
        analysis = analyser.analyse(watched, header)
    found = found_in(clip, analysis)
    result: dict[str, object] = {"tracks": found.track_count, "main": list(found.main_tracks)}
    with transaction.atomic():
        record_tracks(clip_id=clip.pk, backends=backends, found=found)
        progress.finish(result)
    return result


def _reporting(
    frames: Iterator[SampledFrame], frame_count: int, progress: Progress
) -> Iterator[SampledFrame]:
    """Between two frames is where a job that was cancelled stops."""
    for frame in frames:
        progress.report(frame.index, frame_count, f"Frame {frame.index} of {frame_count}.")
        yield frame


def found_in(clip: Clip, analysis: Analysis) -> TracksFound:
    """Stores the record, and answers what the workflow needs to know of it."""
    return TracksFound(
        record=store_record(clip, analysis.record),
        crop=clip.crop,
        crop_proposal=None,
        embeddings={
            number: [float(value) for value in vector]
            for number, vector in analysis.embeddings.items()
        },
        **_summary(analysis.record),
    )


def _summary(record: FaceRecord) -> dict[str, Any]:
    screening = record.screening
    return {
        "track_count": len(record.tracks),
        "main_tracks": [track.number for track in record.tracks if track.is_main],
        "has_face": screening.has_face,
        "main_area": screening.main_area,
        "identities": screening.identities,
        "cuts_per_10_s": screening.cuts_per_10_s,
        "motion": screening.motion,
        "perceptual_hash": screening.perceptual_hash,
    }


def store_record(clip: Clip, record: FaceRecord) -> str:
    """Under its content, so that a record is never half another and never changes."""
    data = record.to_gzip()
    name = f"tracks-{hashlib.sha256(data).hexdigest()[:32]}.json.gz"
    return storage_name(write_derived(stored_path(clip.original), name, data))


def derive_main_faces(progress: Progress) -> dict[str, object]:
    """After somebody chose: the record says so too, with what depends on it."""
    tracks = FaceTracks.objects.select_related("clip").get(pk=progress.job.payload["clip"])
    record = FaceRecord.parse_gzip(stored_path(tracks.record).read_bytes())
    derived = installed_analyser().choose_main(record, tracks.main_tracks)
    location = store_record(tracks.clip, derived)
    result: dict[str, object] = {"main": tracks.main_tracks}
    with transaction.atomic():
        record_choice(
            clip_id=tracks.pk,
            revision=tracks.revision,
            record=location,
            main_area=derived.screening.main_area,
        )
        progress.finish(result)
    return result
