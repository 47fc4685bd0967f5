"""Finds again the sentences of an earlier document in a text that was edited as a whole."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace

from annotation.captions.document import Sentence, new_sentence_id


def matched(sentences: Sequence[Sentence], base: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """
    Gives the sentences the ids, phases, frames and origins that they had in `base`.

    Sentences of the same text are the same. If as many are left over on both sides, they are
    taken for edits of each other, in order; otherwise the ones left over are new.
    """
    known: dict[str, deque[int]] = defaultdict(deque)
    for index, sentence in enumerate(base):
        known[sentence.text].append(index)
    found = [known[item.text].popleft() if known[item.text] else None for item in sentences]
    taken = set(found)
    left = [index for index in range(len(base)) if index not in taken and base[index].has_text]
    unknown = [index for index, match in enumerate(found) if match is None]
    if len(left) == len(unknown):
        for index, match in zip(unknown, left, strict=True):
            found[index] = match
    return tuple(
        _like(sentence, None if match is None else base[match])
        for sentence, match in zip(sentences, found, strict=True)
    )


def _like(sentence: Sentence, base: Sentence | None) -> Sentence:
    if base is None:
        return replace(sentence, id=new_sentence_id())
    return replace(sentence, id=base.id, phase=base.phase, frames=base.frames, origin=base.origin)
