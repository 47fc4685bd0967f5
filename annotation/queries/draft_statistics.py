"""How good the drafts of a model version were, by what people made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean, median, quantiles
from typing import Any

from django.db.models import Sum

from annotation import captions
from annotation.captions import CaptionDocument, Sentence
from annotation.models import (
    Annotation,
    ApprovedCaption,
    ClipStage,
    Draft,
    DraftStatus,
    ModelCall,
    Pick,
    PickAction,
    User,
)
from annotation.workflow.access import project_for
from annotation.workflow.promoting import REGISTRARS, version_in

MOST_REASONS = 20
Place = tuple[str, str]


@dataclass(frozen=True)
class Fate:
    """What became of one draft. The last four are None until its clip is approved."""

    source: str
    emotion: str
    status: str
    failure: str
    seconds: float
    price: Decimal
    sentences: int | None = None
    survived: int | None = None
    unchanged: int | None = None
    # Characters edited, as a share of the longer of the two texts.
    edited: float | None = None


@dataclass(frozen=True)
class Statistics:
    total: dict[str, Any]
    failures: dict[str, int]
    refused_reasons: dict[str, int]
    by_source: dict[str, dict[str, Any]]
    by_emotion: dict[str, dict[str, Any]]


def statistics_of(project_id: int, actor: User, uid: str) -> Statistics:
    project_for(project_id, actor, *REGISTRARS)
    version = version_in(project_id, uid)
    ended = Draft.objects.filter(
        version=version, clip__project_id=project_id, ended_at__isnull=False
    )
    drafts = list(ended.select_related("clip__source").order_by("pk"))
    fates = list(_fates(drafts))
    return Statistics(
        total=summed(fates),
        failures=dict(Counter(fate.failure for fate in fates if fate.failure)),
        refused_reasons=_refused_reasons(drafts),
        by_source=_grouped(fates, "source"),
        by_emotion=_grouped(fates, "emotion"),
    )


def summed(fates: Iterable[Fate]) -> dict[str, Any]:
    """Rates are None where nothing was counted yet."""
    rows = list(fates)
    judged = [fate for fate in rows if fate.sentences]
    sentences = sum(fate.sentences or 0 for fate in judged)
    seconds = [fate.seconds for fate in rows if fate.status == DraftStatus.READY]
    return {
        "drafts": len(rows),
        "ready": len(seconds),
        "judged": len(judged),
        "survival": _share(sum(fate.survived or 0 for fate in judged), sentences),
        "unchanged": _share(sum(fate.unchanged or 0 for fate in judged), sentences),
        "edited": round(fmean(fate.edited or 0 for fate in judged), 4) if judged else None,
        "price": sum((fate.price for fate in rows), Decimal(0)),
        "seconds_median": round(median(seconds), 2) if seconds else None,
        "seconds_p95": round(_p95(seconds), 2) if seconds else None,
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def _grouped(fates: list[Fate], name: str) -> dict[str, dict[str, Any]]:
    names = sorted({getattr(fate, name) for fate in fates})
    return {
        value: summed(fate for fate in fates if getattr(fate, name) == value) for value in names
    }


def _fates(drafts: list[Draft]) -> Iterator[Fate]:
    prices = dict(
        ModelCall.objects.filter(draft__in=drafts)
        .values_list("draft_id")
        .annotate(total=Sum("price"))
    )
    approved = _approved([draft.clip_id for draft in drafts])
    origins = _origins_of_annotations(list(approved))
    for draft in drafts:
        known: dict[str, Any] = {
            "source": draft.clip.source.name,
            "emotion": draft.clip.emotion,
            "status": draft.status,
            "failure": draft.failure,
            "seconds": draft.seconds,
            "price": prices.get(draft.pk, Decimal(0)),
        }
        caption = approved.get(draft.clip_id)
        if caption is not None and draft.document is not None:
            known |= _survival(draft, caption, origins)
        yield Fate(**known)


def _approved(clip_ids: list[int]) -> dict[int, CaptionDocument]:
    captions_in_order = ApprovedCaption.objects.filter(
        clip_id__in=clip_ids, clip__stage=ClipStage.APPROVED
    ).order_by("pk")
    # A later round's caption takes the place of an earlier one's.
    return {row.clip_id: captions.parse(row.document) for row in captions_in_order}


def _origins_of_annotations(clip_ids: list[int]) -> dict[Place, Place]:
    """Sentence of an annotation to the draft's sentence that it was made of."""
    found: dict[Place, Place] = {}
    for annotation in Annotation.objects.filter(assignment__clip_id__in=clip_ids):
        for sentence in _sentences(captions.parse(annotation.document)):
            if sentence.origin and sentence.origin.kind == "draft":
                place = sentence.origin.uid, sentence.origin.sentence
                found[annotation.uid, sentence.id] = place
    return found


def _survival(
    draft: Draft, caption: CaptionDocument, origins: dict[Place, Place]
) -> dict[str, int | float]:
    document = captions.parse(draft.document)
    texts = {(draft.uid, sentence.id): sentence.text for sentence in _sentences(document)}
    kept: dict[Place, bool] = {}
    for sentence in _sentences(caption):
        place = _place_of(sentence, origins)
        if place in texts:
            kept[place] = kept.get(place, False) or sentence.text == texts[place]
    before, after = (captions.render(text, "full", captions.PARTS) for text in (document, caption))
    return {
        "sentences": len(texts),
        "survived": len(kept),
        "unchanged": sum(kept.values()),
        "edited": captions.distance(before, after) / max(len(before), len(after), 1),
    }


def _place_of(sentence: Sentence, origins: dict[Place, Place]) -> Place:
    origin = sentence.origin
    if origin is None:
        return "", ""
    place = origin.uid, origin.sentence
    return place if origin.kind == "draft" else origins.get(place, ("", ""))


def _sentences(document: CaptionDocument) -> Iterator[Sentence]:
    for part in captions.PARTS:
        yield from document.sentences(part)


def _refused_reasons(drafts: list[Draft]) -> dict[str, int]:
    """Why reviewers left out sentences of these drafts."""
    uids = {draft.uid for draft in drafts}
    dropped = Pick.objects.filter(
        action=PickAction.DROP, consolidation__clip__in={draft.clip_id for draft in drafts}
    ).exclude(reason="")
    reasons = Counter(
        pick.reason
        for pick in dropped
        if any(source["kind"] == "draft" and source["uid"] in uids for source in pick.sources)
    )
    return dict(reasons.most_common(MOST_REASONS))
