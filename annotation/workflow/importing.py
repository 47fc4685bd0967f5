"""From files to clips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotation import captions
from annotation.errors import NotFound
from annotation.importing.preparing import PreparedFile, require_files
from annotation.media_facts import MediaFacts
from annotation.models import (
    Clip,
    Draft,
    DraftKind,
    DraftStatus,
    FrameTable,
    Role,
    Source,
    User,
)

from .access import require_role
from .approving import approve_imported
from .recording import record
from .screening import begin_screening

IMPORTERS = (Role.LEAD, Role.ML)


@dataclass(frozen=True)
class Labels:
    """What the sender says about a clip. `emotion` is the source's own, never a model's."""

    name: str
    emotion: str = ""
    source_video: str = ""
    group: str = ""
    licence: str = ""
    consent_until: date | None = None
    priority: int = 0
    duplicate_group: str = ""
    person_group: str = ""

    @classmethod
    def from_record(cls, stored: dict[str, Any], name: str) -> Labels:
        consent = stored.get("consent_until")
        return cls(
            name=stored.get("name") or name,
            emotion=stored.get("emotion", ""),
            source_video=stored.get("source_video", ""),
            group=stored.get("group", ""),
            licence=stored.get("licence", ""),
            consent_until=date.fromisoformat(consent) if consent else None,
            priority=stored.get("priority", 0),
            duplicate_group=stored.get("duplicate_group", ""),
            person_group=stored.get("person_group", ""),
        )


@dataclass(frozen=True)
class DraftBrought:
    """A caption that came with the clip; `generator` says who or what wrote it."""

    generator: str
    document: dict[str, Any]


@dataclass(frozen=True)
class CaptionBrought:
    """An approved caption of another project, whose name for the clip is kept."""

    uid: str
    document: dict[str, Any]
    provenance: dict[str, Any]


def source_for_import(project_id: int, actor: User, source_id: int) -> Source:
    """The project's source, for someone who may import into it."""
    require_role(project_id, actor, *IMPORTERS)
    source = Source.objects.filter(pk=source_id, project_id=project_id).first()
    if source is None:
        raise NotFound("The project has no such source.")
    return source


@transaction.atomic
def import_clip(
    *,
    project_id: int,
    actor: User,
    source_id: int,
    prepared: PreparedFile,
    labels: Labels,
    drafts: Sequence[DraftBrought] = (),
    caption: CaptionBrought | None = None,
) -> tuple[Clip, bool]:
    """
    The clip of these bytes, and whether it is new: a project has the same file once.

    A second import of the file changes nothing about the clip that is there. Safe to call twice,
    and by two at once.
    """
    source = source_for_import(project_id, actor, source_id)
    require_files(prepared)
    clip, created = Clip.objects.get_or_create(
        project_id=project_id,
        sha256=prepared.stored.sha256,
        defaults={
            "source": source,
            "stage_since": timezone.now(),
            "created_by": actor,
            **vars(labels),
            **({"uid": caption.uid} if caption else {}),
            **_of_its_files(prepared),
        },
    )
    if created:
        _keep_times(clip, prepared.facts)
        record("clip.imported", clip=clip, actor=actor, source=source.pk)
        _bring_drafts(clip, drafts)
        if caption is None:
            begin_screening(clip)
        else:
            approve_imported(
                clip, document=caption.document, imported=caption.provenance, actor=actor
            )
    return clip, created


def _of_its_files(prepared: PreparedFile) -> dict[str, Any]:
    stored, facts, crop = prepared.stored, prepared.facts, prepared.crop
    width, height = crop[2:] if crop else (facts.width, facts.height)
    return {
        "crop": crop and list(crop),
        "size_bytes": stored.size_bytes,
        "duration_s": facts.duration_s,
        "frame_count": facts.frame_count,
        "width": width,
        "height": height,
        "video_codec": facts.video_codec,
        "has_audio": facts.has_audio,
        "original": stored.location,
        "proxy": prepared.proxy,
        "poster": prepared.poster,
    }


def _keep_times(clip: Clip, facts: MediaFacts) -> None:
    FrameTable.objects.create(
        clip=clip,
        time_base_num=facts.time_base.numerator,
        time_base_den=facts.time_base.denominator,
        pts=list(facts.pts),
    )


def _bring_drafts(clip: Clip, drafts: Sequence[DraftBrought]) -> None:
    now = timezone.now()
    Draft.objects.bulk_create(
        Draft(
            clip=clip,
            kind=DraftKind.IMPORTED,
            generator=draft.generator,
            status=DraftStatus.READY,
            document=captions.parse(draft.document).to_json(),
            ended_at=now,
        )
        for draft in drafts
    )
