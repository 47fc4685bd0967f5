"""What people wanted rather than what a model wrote or a reviewer threw out, to train by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, cast

from annotation import captions
from annotation.captions import CaptionDocument, Mode, Part, Sentence
from annotation.models import DatasetEntry, Draft, DraftKind, DraftStatus, Export, Pick, PickAction

from . import json_files
from .archive import Archive
from .choosing import Chosen
from .conversations import add_dataset_info, answer, question
from .names import video_path

RELATED = (
    "clip__drafts",
    "clip__assignments__annotations",
    "caption__consolidation__picks",
)
COLUMNS = {"messages": "conversations", "videos": "videos"}


def write_dpo(archive: Archive, chosen: Chosen) -> None:
    """Pairs of two answers to one question."""
    json_files.write_arrays(archive, chosen, _pairs, *RELATED)
    columns = {**COLUMNS, "chosen": "chosen", "rejected": "rejected"}
    add_dataset_info(archive, chosen, columns, ranking=True)


def write_kto(archive: Archive, chosen: Chosen) -> None:
    """Single answers, each with whether it is wanted."""
    json_files.write_arrays(archive, chosen, _tagged, *RELATED)
    add_dataset_info(archive, chosen, {**COLUMNS, "kto_tag": "kto_tag"})


def _pairs(entry: DatasetEntry, export: Export) -> Iterator[dict[str, Any]]:
    for text in rejected_texts(entry, export):
        yield {
            "conversations": [question(entry, export)],
            "chosen": answer(entry.text),
            "rejected": answer(text),
            "videos": [video_path(entry.clip)],
        }


def _tagged(entry: DatasetEntry, export: Export) -> Iterator[dict[str, Any]]:
    yield _tag(entry, export, entry.text, is_wanted=True)
    for text in rejected_texts(entry, export):
        yield _tag(entry, export, text, is_wanted=False)


def _tag(entry: DatasetEntry, export: Export, text: str, *, is_wanted: bool) -> dict[str, Any]:
    return {
        "conversations": [question(entry, export), answer(text)],
        "videos": [video_path(entry.clip)],
        "kto_tag": is_wanted,
    }


def rejected_texts(entry: DatasetEntry, export: Export) -> list[str]:
    """
    Whole answers, each once and none like the wanted one: the drafts, and the approved caption
    with one sentence as it was before the reviewer changed it or left it out.
    """
    parts = cast("list[Part]", export.version.parts)
    drafts = list(_drafts(entry, export))
    documents = [captions.parse(draft.document) for draft in drafts]
    documents += _with_one_sentence_back(entry, drafts)
    texts = (captions.render(found, cast("Mode", export.rendering), parts) for found in documents)
    return [text for text in dict.fromkeys(texts) if text and text != entry.text]


def _drafts(entry: DatasetEntry, export: Export) -> Iterator[Draft]:
    """Without those of rules, unless asked for, and those that looked at another face."""
    for draft in sorted(entry.clip.drafts.all(), key=lambda draft: draft.pk):
        is_known = draft.ended_at is not None and draft.ended_at <= entry.version.created_at
        is_by_rules = draft.kind == DraftKind.SIGNALS
        if (
            draft.status == DraftStatus.READY
            and is_known
            and draft.stale_since is None
            and (export.with_rule_drafts or not is_by_rules)
        ):
            yield draft


def _with_one_sentence_back(entry: DatasetEntry, drafts: Iterable[Draft]) -> list[CaptionDocument]:
    if entry.caption.consolidation is None:
        return []
    final = captions.parse(entry.caption.document)
    picks = sorted(entry.caption.consolidation.picks.all(), key=lambda pick: pick.pk)
    sources = _sources(entry, drafts)
    return [*_changed_back(final, picks), *_put_back(final, picks, sources)]


def _changed_back(final: CaptionDocument, picks: Iterable[Pick]) -> Iterator[CaptionDocument]:
    """Only the first wording of each: the later ones may be half typed."""
    first: dict[str, str] = {}
    for pick in picks:
        if pick.text_before.strip() and pick.action != PickAction.DROP:
            first.setdefault(pick.sentence, pick.text_before)
    for part in captions.PARTS:
        for sentence in final.sentences(part):
            before = first.get(sentence.id, sentence.text)
            if before != sentence.text:
                former = replace(sentence, text=before, inferences=())
                yield _with(final, part, {sentence.id: [former]})


Sources = dict[tuple[str, str], tuple[Part, Sentence]]


def _sources(entry: DatasetEntry, drafts: Iterable[Draft]) -> Sources:
    """The sentences of annotations and usable drafts, by document and name."""
    documents = [(draft.uid, draft.document) for draft in drafts]
    documents += [
        (annotation.uid, annotation.document)
        for assignment in entry.clip.assignments.all()
        for annotation in assignment.annotations.all()
    ]
    return {
        (uid, sentence.id): (part, sentence)
        for uid, stored in documents
        for document in [captions.parse(stored)]
        for part in captions.PARTS
        for sentence in document.sentences(part)
    }


def _put_back(
    final: CaptionDocument, picks: Iterable[Pick], sources: Sources
) -> Iterator[CaptionDocument]:
    """A dropped sentence stands again behind the others of its phase."""
    kept = {sentence.id for part in captions.PARTS for sentence in final.sentences(part)}
    for pick in picks:
        named = ((source["uid"], source["sentence"]) for source in pick.sources)
        found = next((sources[key] for key in named if key in sources), None)
        if pick.action != PickAction.DROP or pick.sentence in kept or found is None:
            continue
        part, dropped = found
        if part != "summary":
            yield _added(final, part, dropped)


def _added(final: CaptionDocument, part: Part, dropped: Sentence) -> CaptionDocument:
    sentences = final.sentences(part)
    alike = [sentence for sentence in sentences if sentence.phase == dropped.phase] or sentences
    if not alike:
        return _with(final, part, {}, last=[dropped])
    return _with(final, part, {alike[-1].id: [alike[-1], dropped]})


def _with(
    document: CaptionDocument,
    part: Part,
    instead: dict[str, list[Sentence]],
    last: Iterable[Sentence] = (),
) -> CaptionDocument:
    sentences = [
        made
        for sentence in document.sentences(part)
        for made in instead.get(sentence.id, [sentence])
    ]
    if part == "summary":
        return replace(document, summary=sentences[0])
    if part == "external_attributes":
        return replace(document, external_attributes=(*sentences, *last))
    return replace(document, facial_changes=(*sentences, *last))
