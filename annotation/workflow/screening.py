"""
Whether a clip is worth captioning.

Rules measure and flag; two of them reject at once. Each value is kept with the bound it was held
against, and a person has the last word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotation.errors import RevisionConflict, TransitionRefused
from annotation.importing.preparing import drop_record, require_record
from annotation.jobs import Progress
from annotation.models import (
    Clip,
    ClipReason,
    ClipStage,
    FaceBackends,
    FaceEmbedding,
    FaceTracks,
    Quota,
    Role,
    Screening,
    ScreeningDecision,
    ScreeningOutcome,
    User,
)

from .access import clip_for_update
from .draft_requests import open_drafting, request_drafts_of_tracks
from .recording import record
from .rejecting import reject
from .screening_rules import judge_length, judge_tracks, rules_of, worst_of
from .stages import move, require_stage
from .tracking import ask_for_tracks, current_backends


@dataclass(frozen=True)
class TracksFound:
    """What a worker found in a clip. `record` is the storage name of the whole of it."""

    record: str
    track_count: int
    main_tracks: Sequence[int]
    has_face: bool
    main_area: float
    identities: int
    cuts_per_10_s: int
    motion: float
    perceptual_hash: str
    # Of which part of the picture this was found.
    crop: Sequence[int] | None
    crop_proposal: Mapping[str, Any] | None
    embeddings: Mapping[int, Sequence[float]]
    # The revision of the tracks that this replaces; 0 where there are none.
    after: int
    # The main tracks are those that a person chose in the former record.
    keeps_choice: bool


def begin_screening(clip: Clip) -> None:
    """
    For a new clip that the caller has locked: it waits for its measures, or is rejected for its
    length. Where no worker sees faces it goes on unmeasured.
    """
    move(clip, ClipStage.SCREENING, actor=None)
    backends = current_backends()
    if backends is None:
        pass_on(clip)
        return
    finding = judge_length(clip, rules_of(clip.project))
    if finding.outcome == ScreeningOutcome.REJECTED:
        screening = Screening(clip=clip, findings=[finding.to_json()])
        _settle(screening, finding.outcome)
    else:
        ask_for_tracks(clip, backends, None)


def pass_on(clip: Clip) -> None:
    """Opens a locked clip in `screening`; with a sampling plan it waits there until it is drawn."""
    if not Quota.objects.filter(source__project_id=clip.project_id).exists():
        open_drafting(clip)


@transaction.atomic
def record_tracks(*, clip_id: int, backends: FaceBackends, found: TracksFound) -> Clip:
    """
    Stores what a worker found in place of what was there, and judges the clip by it.

    Refuses what was found in another part of the picture than is shown now, and with a
    RevisionConflict what does not know of a person's newer choice.
    """
    clip = Clip.objects.select_for_update(of=("self",)).select_related("project").get(pk=clip_id)
    if clip.stage == ClipStage.WITHDRAWN or list(found.crop or ()) != (clip.crop or []):
        raise TransitionRefused("The clip was withdrawn or cropped meanwhile. Nothing was stored.")
    require_record(clip, found.record)
    tracks = _replace_tracks(clip, backends, found)
    screening, _ = Screening.objects.get_or_create(clip=clip)
    screening.crop_proposal = found.crop_proposal
    judge(clip, screening, tracks)
    request_drafts_of_tracks(clip)
    record("clip.tracked", clip=clip, actor=None, main=tracks.main_tracks, backends=backends.pk)
    return clip


def _replace_tracks(clip: Clip, backends: FaceBackends, found: TracksFound) -> FaceTracks:
    former = FaceTracks.objects.filter(clip=clip).first()
    if found.after != (former.revision if former else 0):
        raise RevisionConflict("Somebody chose another main face meanwhile. Try again.")
    tracks, _ = FaceTracks.objects.update_or_create(
        clip=clip,
        defaults={
            "backends": backends,
            "record": found.record,
            "revision": found.after + 1,
            "track_count": found.track_count,
            "main_tracks": list(found.main_tracks),
            "chosen_by": former.chosen_by if former and found.keeps_choice else None,
            "has_face": found.has_face,
            "main_area": found.main_area,
            "identities": found.identities,
            "cuts_per_10_s": found.cuts_per_10_s,
            "motion": found.motion,
            "perceptual_hash": found.perceptual_hash,
        },
    )
    tracks.embeddings.all().delete()
    FaceEmbedding.objects.bulk_create(
        FaceEmbedding(tracks=tracks, track=number, vector=list(vector))
        for number, vector in found.embeddings.items()
    )
    if former:
        transaction.on_commit(partial(drop_record, clip.sha256, former.record))
    return tracks


@transaction.atomic
def record_choice(*, clip_id: int, revision: int, record: str, main_area: float) -> None:
    """
    Stores what was derived from a choice of main faces; one that has been changed since is left
    to its own job.
    """
    clip = Clip.objects.select_for_update(of=("self",)).select_related("project").get(pk=clip_id)
    tracks = FaceTracks.objects.get(clip=clip)
    if tracks.revision != revision:
        return
    require_record(clip, record)
    former, tracks.record, tracks.main_area = tracks.record, record, main_area
    tracks.revision += 1
    tracks.save()
    judge(clip, Screening.objects.get(clip=clip), tracks)
    request_drafts_of_tracks(clip)
    if former != record:
        transaction.on_commit(partial(drop_record, clip.sha256, former))


def judge(clip: Clip, screening: Screening, tracks: FaceTracks) -> None:
    """Stores the findings on a locked clip; moves it only where nobody has decided yet."""
    rules = rules_of(clip.project)
    findings = [judge_length(clip, rules), *judge_tracks(tracks, rules)]
    screening.findings = [finding.to_json() for finding in findings]
    screening.clip = clip
    _settle(screening, worst_of(findings))


def run_judging(progress: Progress) -> dict[str, object]:
    """Judges by changed rules what waits in the screening. Each clip by itself; safe twice."""
    waiting = Clip.objects.filter(
        project_id=progress.job.payload["project"],
        stage=ClipStage.SCREENING,
        face_tracks__isnull=False,
    )
    clip_ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    for done, clip_id in enumerate(clip_ids):
        progress.report(done, len(clip_ids), f"Judging clip {done + 1} of {len(clip_ids)}.")
        _judge_again(clip_id)
    return {"clips": len(clip_ids)}


@transaction.atomic
def _judge_again(clip_id: int) -> None:
    clip = Clip.objects.select_for_update(of=("self",)).select_related("project").get(pk=clip_id)
    tracks = FaceTracks.objects.get(clip=clip)
    judge(clip, Screening.objects.get(clip=clip), tracks)


def _settle(screening: Screening, outcome: ScreeningOutcome) -> None:
    clip = screening.clip
    screening.outcome = outcome
    screening.save()
    if clip.stage != ClipStage.SCREENING or screening.decision:
        return
    if outcome == ScreeningOutcome.REJECTED:
        rules = [found["rule"] for found in screening.findings if found["outcome"] == outcome]
        reason = ClipReason.NO_FACE if "face" in rules else ClipReason.OTHER
        reject(clip, actor=None, reason=reason, rules=rules)
    elif outcome == ScreeningOutcome.PASSED:
        pass_on(clip)


@transaction.atomic
def keep_clip(*, clip_id: int, actor: User, reason: str = "") -> Clip:
    """
    A lead takes a clip that the rules flagged or rejected, or that was not measured yet.

    Tracks that are missing are asked for. The same word twice changes nothing.
    """
    clip, screening = _for_decision(clip_id, actor)
    if screening.decision == ScreeningDecision.KEPT:
        return clip
    if clip.stage == ClipStage.REJECTED:
        move(clip, ClipStage.SCREENING, actor=actor, note=reason)
    require_stage(clip, ClipStage.SCREENING)
    _decide(screening, ScreeningDecision.KEPT, actor, reason)
    pass_on(clip)
    backends = current_backends()
    if backends and screening.job_id is None:
        ask_for_tracks(clip, backends, actor)
    return clip


@transaction.atomic
def reject_screened(*, clip_id: int, actor: User, reason: str, note: str = "") -> Clip:
    """A lead rejects a clip before anybody works on it. The same word twice changes nothing."""
    clip, screening = _for_decision(clip_id, actor)
    if screening.decision == ScreeningDecision.REJECTED and clip.stage == ClipStage.REJECTED:
        return clip
    if clip.stage != ClipStage.REJECTED:
        require_stage(clip, ClipStage.SCREENING)
        reject(clip, actor=actor, reason=reason, note=note)
    _decide(screening, ScreeningDecision.REJECTED, actor, note)
    return clip


def _for_decision(clip_id: int, actor: User) -> tuple[Clip, Screening]:
    clip = clip_for_update(clip_id, actor, Role.LEAD)
    if clip.stage == ClipStage.REJECTED and clip.rejected_from != ClipStage.SCREENING:
        raise TransitionRefused("The clip was rejected later than in the screening. Restore it.")
    screening, _ = Screening.objects.get_or_create(clip=clip)
    return clip, screening


def _decide(screening: Screening, decision: ScreeningDecision, actor: User, reason: str) -> None:
    screening.decision, screening.reason = decision, reason
    screening.decided_by, screening.decided_at = actor, timezone.now()
    screening.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    record(f"screening.{decision}", clip=screening.clip, actor=actor, reason=reason)
