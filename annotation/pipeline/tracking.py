"""Jobs that look at the faces of one clip. Safe to run twice: equal work gives equal files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import astuple
from typing import Any

from django.db import transaction

from annotation.errors import RevisionConflict, TransitionRefused
from annotation.importing.preparing import storage_name, stored_path
from annotation.jobs import Progress
from annotation.media import write_derived
from annotation.models import Clip, FaceBackends, FaceTracks
from annotation.workflow.cropping import is_dismissed
from annotation.workflow.screening import TracksFound, record_choice, record_tracks
from annotation.workflow.tracking import announce_backends
from ml.records import FaceRecord
from ml.video.cropping import CropProposal, CropWatch
from ml.video.streaming import SampledFrame

from .analysers import Analysis, key_of
from .choices import carry_over
from .frames import sampled_frames
from .networks import installed_analyser

CHANCES = 3


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
        watch = CropWatch(header)
        watched = _watching(frames, header.frame_count, watch, progress)
        analysis = analyser.analyse(watched, header)
    proposal = None if clip.crop else watch.proposal()
    for _ in range(CHANCES):
        # Somebody may choose a main face at any time; only the comparison is made again.
        with suppress(RevisionConflict):
            found = found_in(clip, analysis, proposal, choose=analyser.choose_main)
            return _finish(clip, backends, found, progress)
    raise TransitionRefused("People keep choosing main faces. Ask for the tracks again later.")


def _finish(
    clip: Clip, backends: FaceBackends, found: TracksFound, progress: Progress
) -> dict[str, object]:
    result: dict[str, object] = {"tracks": found.track_count, "main": list(found.main_tracks)}
    with transaction.atomic():
        record_tracks(clip_id=clip.pk, backends=backends, found=found)
        progress.finish(result)
    return result


def _watching(
    frames: Iterator[SampledFrame], frame_count: int, watch: CropWatch, progress: Progress
) -> Iterator[SampledFrame]:
    """Between two frames is where a job that was cancelled stops."""
    for frame in frames:
        watch.look(frame)
        progress.report(frame.index, frame_count, f"Frame {frame.index} of {frame_count}.")
        yield frame


def found_in(
    clip: Clip,
    analysis: Analysis,
    proposal: CropProposal | None = None,
    *,
    choose: Callable[[FaceRecord, Collection[int]], FaceRecord],
) -> TracksFound:
    """Stores the record, with a person's choice where there was one, and sums it up."""
    record, former = analysis.record, FaceTracks.objects.filter(clip=clip).first()
    chosen = _chosen_before(former, record)
    if chosen:
        record = choose(record, chosen)
    return TracksFound(
        record=store_record(clip, record),
        crop=clip.crop,
        crop_proposal=_proposed(clip, proposal) if proposal else None,
        embeddings={
            number: [float(value) for value in vector]
            for number, vector in analysis.embeddings.items()
        },
        after=former.revision if former else 0,
        keeps_choice=bool(chosen),
        **_summary(record),
    )


def _chosen_before(former: FaceTracks | None, record: FaceRecord) -> list[int]:
    if former is None or former.chosen_by_id is None:
        return []
    path = stored_path(former.record)
    if not path.exists():
        return []
    return carry_over(former.main_tracks, FaceRecord.parse_gzip(path.read_bytes()), record)


def _proposed(clip: Clip, proposal: CropProposal) -> dict[str, Any] | None:
    crop = list(astuple(proposal.crop))
    if is_dismissed(clip, crop):
        return None
    return {"crop": crop, "reason": proposal.reason, "confidence": proposal.confidence}


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
