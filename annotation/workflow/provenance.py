"""Where the sentences of a consolidated caption came from, and how far they moved."""

from __future__ import annotations

from dataclasses import replace

from annotation import captions
from annotation.captions import CaptionDocument, Sentence, distance
from annotation.errors import InvalidCaption
from annotation.models import Annotation, Clip, Draft

Key = tuple[str, str, str]


def all_sentences(document: CaptionDocument) -> list[Sentence]:
    return [sentence for part in captions.PARTS for sentence in document.sentences(part)]


def with_distances(document: CaptionDocument, clip: Clip) -> CaptionDocument:
    """
    The document with the edit distance of every sentence to its source, in code points.

    Refuses an origin that is not a sentence of this clip's annotations or drafts, so that
    nothing can point at, or be compared with, a text of another clip.
    """
    if not any(sentence.origin for sentence in all_sentences(document)):
        return document
    texts = _source_texts(clip)

    def measured(sentence: Sentence) -> Sentence:
        origin = sentence.origin
        if origin is None or origin.kind == "consolidation":
            return sentence
        source = texts.get((origin.kind, origin.uid, origin.sentence))
        if source is None:
            raise InvalidCaption(
                "A sentence names a source that this clip does not have.",
                errors=[
                    {
                        "field": sentence.id,
                        "code": "unknown_origin",
                        "message": "Take the sentence again from its source.",
                    }
                ],
            )
        return replace(sentence, origin=replace(origin, distance=distance(source, sentence.text)))

    return CaptionDocument(
        external_attributes=tuple(map(measured, document.external_attributes)),
        facial_changes=tuple(map(measured, document.facial_changes)),
        summary=measured(document.summary) if document.summary else None,
    )


def _source_texts(clip: Clip) -> dict[Key, str]:
    texts: dict[Key, str] = {}
    for annotation in Annotation.objects.filter(assignment__clip=clip):
        _add(texts, "annotation", annotation.uid, annotation.document)
    for draft in Draft.objects.filter(clip=clip, document__isnull=False):
        _add(texts, "draft", draft.uid, draft.document)
    return texts


def _add(texts: dict[Key, str], kind: str, uid: str, document: object) -> None:
    for sentence in all_sentences(captions.parse(document)):
        texts[kind, uid, sentence.id] = sentence.text
