"""What a version takes out of approved captions: their texts, and what in them still hedges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

from annotation import captions
from annotation.captions import Part
from annotation.captions.document import CaptionDocument
from annotation.captions.rendering import Mode
from annotation.models import ApprovedCaption

BATCH = 1000


class Reading(NamedTuple):
    text: str
    # What still reads as inferred once the inferences are taken out: nobody marked it, or not all.
    hedges: Sequence[str]


class Readings:
    """Of captions as one version wants them. A caption never changes, so each is read once."""

    def __init__(self, parts: Iterable[str], rendering: str) -> None:
        self._parts = [part for part in captions.PARTS if part in parts]
        self._mode = cast("Mode", rendering)
        self._found: dict[int, Reading] = {}

    def read(self, captions_wanted: Iterable[int]) -> None:
        """In batches, so that no more documents are held at once."""
        missing = [pk for pk in captions_wanted if pk not in self._found]
        for first in range(0, len(missing), BATCH):
            batch = ApprovedCaption.objects.filter(pk__in=missing[first : first + BATCH])
            for pk, document in batch.values_list("pk", "document"):
                self._found[pk] = self._reading(captions.parse(document))

    def of(self, caption: int) -> Reading:
        return self._found[caption]

    def _reading(self, document: CaptionDocument) -> Reading:
        text = captions.render(document, self._mode, self._parts)
        return Reading(text, hedges_of(document, self._parts))


def hedges_of(document: CaptionDocument, parts: Iterable[Part]) -> Sequence[str]:
    stripped = (
        captions.stripped_sentence(sentence)
        for part in parts
        for sentence in document.sentences(part)
    )
    return tuple(
        text[span.start : span.end].strip(" ,;.")
        for text in stripped
        for span in captions.propose_inferences(text)
    )
