"""
A lead cuts off bars and burnt-in text. What was imported stays; what is shown is made anew from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from annotation import media
from annotation.errors import InvalidInput, TransitionRefused
from annotation.importing.preparing import storage_name, stored_path
from annotation.jobs import JobKind, Progress, enqueue
from annotation.models import Clip, ClipStage, Job, Role, Screening, User

from .access import clip_for_update
from .recording import record
from .tracking import ask_for_tracks, current_backends

# Below this no face can be told from another.
SMALLEST_SIDE = 64
DISMISSED = "screening.crop_dismissed"
# Later, people have described what they saw.
BEFORE_SUBMISSIONS = (ClipStage.SCREENING, ClipStage.DRAFTING, ClipStage.ANNOTATING)


@dataclass(frozen=True)
class Shown:
    """What was made of the original for one crop."""

    crop: Sequence[int] | None
    width: int
    height: int
    proxy: str
    poster: str


@transaction.atomic
def start_crop(*, clip_id: int, actor: User, crop: Sequence[int] | None) -> Job:
    """
    Left, top, width and height of what stays of the upright original, or nothing to show all.

    A job makes the pictures, then the clip changes at once. Asking twice is one job.
    """
    clip = clip_for_update(clip_id, actor, Role.LEAD)
    _require_early(clip)
    wanted = list(crop) if crop else None
    if wanted == clip.crop:
        raise TransitionRefused("The clip is cropped like this already.")
    if wanted and min(wanted[2:]) < SMALLEST_SIDE:
        raise InvalidInput(
            f"Leave at least {SMALLEST_SIDE} pixels each way.",
            errors=[{"field": "crop", "code": "too_small", "message": "Leave more."}],
        )
    changes = clip.events.filter(kind="clip.cropped").count()
    return enqueue(
        JobKind.CROP_CLIP,
        key=f"crop:{clip.uid}:{changes}:{','.join(map(str, wanted or ()))}",
        payload={"clip": clip.pk, "crop": ",".join(map(str, wanted or ()))},
        project=clip.project,
        started_by=actor,
    )


@transaction.atomic
def dismiss_crop(*, clip_id: int, actor: User, crop: Sequence[int]) -> Clip:
    """
    A lead leaves what was proposed uncut, for good: the same measurement proposes it no more.
    The same word twice changes nothing.
    """
    clip = clip_for_update(clip_id, actor, Role.LEAD)
    screening = Screening.objects.filter(clip=clip).first()
    proposed = (screening.crop_proposal or {}).get("crop") if screening else None
    if screening is None or proposed != list(crop):
        if is_dismissed(clip, crop):
            return clip
        raise TransitionRefused("This crop is not proposed any more. Look at the clip again.")
    screening.crop_proposal = None
    screening.save(update_fields=["crop_proposal"])
    record(DISMISSED, clip=clip, actor=actor, crop=proposed)
    return clip


def is_dismissed(clip: Clip, crop: Sequence[int]) -> bool:
    return clip.events.filter(kind=DISMISSED, detail__crop=list(crop)).exists()


def _require_early(clip: Clip) -> None:
    is_described = clip.assignments.filter(submitted_at__isnull=False).exists()
    if clip.stage not in BEFORE_SUBMISSIONS or is_described:
        raise TransitionRefused("People have described this clip as it is. Crop others like it.")


def run_crop(progress: Progress) -> dict[str, object]:
    """Safe to run twice: pictures are named after their crop, and the second change is none."""
    payload = progress.job.payload
    clip = Clip.objects.get(pk=payload["clip"])
    text = str(payload["crop"])
    shown = _make(clip, [int(number) for number in text.split(",")] if text else None)
    result: dict[str, object] = {"width": shown.width, "height": shown.height}
    with transaction.atomic():
        _show(clip.pk, progress.job.started_by, shown)
        progress.finish(result)
    return result


def _make(clip: Clip, crop: list[int] | None) -> Shown:
    original = stored_path(clip.original)
    facts = media.probe(original)
    poster = storage_name(media.make_poster(original, crop))
    if crop is None and facts.is_browser_playable:
        return Shown(None, facts.width, facts.height, "", poster)
    proxy = storage_name(media.make_proxy(original, facts, crop))
    width, height = crop[2:] if crop else (facts.width, facts.height)
    return Shown(crop, width, height, proxy, poster)


def _show(clip_id: int, actor: User | None, shown: Shown) -> None:
    clip = Clip.objects.select_for_update(of=("self",)).select_related("project").get(pk=clip_id)
    _require_early(clip)
    was = clip.crop
    clip.crop = list(shown.crop) if shown.crop else None
    clip.width, clip.height = shown.width, shown.height
    clip.proxy, clip.poster = shown.proxy, shown.poster
    clip.save(update_fields=["crop", "width", "height", "proxy", "poster"])
    record("clip.cropped", clip=clip, actor=actor, crop=clip.crop, instead_of=was)
    if backends := current_backends():
        ask_for_tracks(clip, backends, actor)
