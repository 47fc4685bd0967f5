"""Pure edits of sentences that keep their inference spans in place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from annotation.captions.document import InferenceSpan, Sentence, new_sentence_id
from annotation.captions.problems import refusal


def edit_text(sentence: Sentence, start: int, end: int, replacement: str) -> Sentence:
    """
    Puts `replacement` in place of a code-point range.

    Text typed inside an inference belongs to it, text typed at its edge does not.
    """
    _check_range(sentence, start, end)
    text = sentence.text[:start] + replacement + sentence.text[end:]
    moved = (_span_after(span, start, end, len(replacement)) for span in sentence.inferences)
    return replace(sentence, text=text, inferences=tidy_spans(moved, text))


def _span_after(span: InferenceSpan, start: int, end: int, added: int) -> InferenceSpan:
    shift = added - (end - start)
    if span.start <= start and end <= span.end and (start < end or span.start < start < span.end):
        return replace(span, end=span.end + shift)
    if span.end <= start:
        return span
    if end <= span.start:
        return replace(span, start=span.start + shift, end=span.end + shift)
    # The edit crosses an edge: what is left of the span is what the edit did not touch.
    if span.start < start:
        return replace(span, end=start)
    return replace(span, start=start + added, end=max(span.end + shift, start + added))


def split_sentence(
    sentence: Sentence, at: int, new_id: str | None = None
) -> tuple[Sentence, Sentence]:
    """The id stays on the first part; both parts keep phase, frames and origin."""
    _check_range(sentence, at, at)
    if not (sentence.text[:at].strip() and sentence.text[at:].strip()):
        message = "A sentence can be split only between two words."
        raise refusal("split_at_edge", message, at)
    first_end = len(sentence.text[:at].rstrip())
    second_start = len(sentence.text) - len(sentence.text[at:].lstrip())
    return (
        cut_sentence(sentence, 0, first_end),
        replace(
            cut_sentence(sentence, second_start, len(sentence.text)),
            id=new_id or new_sentence_id(),
        ),
    )


def join_sentences(first: Sentence, second: Sentence) -> Sentence:
    """The first sentence goes on, with one space and the frames of both."""
    head, tail = first.text.rstrip(), second.text.lstrip()
    space = " " if head and tail else ""
    shift = len(head) + len(space) - (len(second.text) - len(tail))
    text = head + space + tail
    shifted = (
        replace(span, start=max(0, span.start + shift), end=span.end + shift)
        for span in second.inferences
    )
    return replace(
        first,
        text=text,
        inferences=tidy_spans((*first.inferences, *shifted), text),
        phase=first.phase or second.phase,
        frames=_covering(first.frames, second.frames),
        origin=first.origin or second.origin,
    )


def toggle_inference(sentence: Sentence, start: int, end: int) -> Sentence:
    """Marks the range, or takes the mark away where all of it is marked."""
    _check_range(sentence, start, end)
    chosen = sentence.text[start:end]
    start += len(chosen) - len(chosen.lstrip())
    end = start + len(chosen.strip())
    if start == end:
        return sentence
    spans = sentence.inferences
    if _is_covered(spans, sentence.text, start, end):
        left = (piece for span in spans for piece in _without(span, start, end))
        return replace(sentence, inferences=tidy_spans(left, sentence.text))
    return replace(sentence, inferences=_with_mark(spans, start, end))


def cut_sentence(sentence: Sentence, start: int, end: int) -> Sentence:
    text = sentence.text[start:end]
    return replace(
        sentence, text=text, inferences=spans_within(sentence.inferences, start, end, text)
    )


def spans_within(
    spans: tuple[InferenceSpan, ...], start: int, end: int, text: str
) -> tuple[InferenceSpan, ...]:
    """Spans of the cut-out `text`; a replacement stays with the part where its span begins."""
    first = bisect_right(spans, start, key=lambda span: span.end)
    after = bisect_left(spans, end, key=lambda span: span.start)
    cut = (
        InferenceSpan(
            max(span.start, start) - start,
            min(span.end, end) - start,
            span.replacement if span.start >= start else "",
        )
        for span in spans[first:after]
    )
    return tidy_spans(cut, text)


def tidy_spans(spans: Iterable[InferenceSpan], text: str) -> tuple[InferenceSpan, ...]:
    """Drops spans that cover no more than white space."""
    return tuple(
        span for span in spans if span.start < len(text) and text[span.start : span.end].strip()
    )


def _with_mark(spans: tuple[InferenceSpan, ...], start: int, end: int) -> tuple[InferenceSpan, ...]:
    """Spans that the new mark touches become one with it."""
    touched = [span for span in spans if span.start <= end and start <= span.end]
    mark = InferenceSpan(
        min([start, *(span.start for span in touched)]),
        max([end, *(span.end for span in touched)]),
        next((span.replacement for span in touched if span.replacement), ""),
    )
    return tuple(sorted([*(s for s in spans if s not in touched), mark], key=lambda s: s.start))


def _is_covered(spans: tuple[InferenceSpan, ...], text: str, start: int, end: int) -> bool:
    reached = start
    for span in spans:
        if span.start <= reached or not text[reached : span.start].strip():
            reached = max(reached, span.end)
    return reached >= end


def _without(span: InferenceSpan, start: int, end: int) -> list[InferenceSpan]:
    if span.end <= start or end <= span.start:
        return [span]
    return [
        replace(piece, replacement="") if piece != span else piece
        for piece in (replace(span, end=start), replace(span, start=end))
        if piece.start < piece.end
    ]


def _covering(
    first: tuple[int, int] | None, second: tuple[int, int] | None
) -> tuple[int, int] | None:
    if first is None or second is None:
        return first or second
    return (min(first[0], second[0]), max(first[1], second[1]))


def _check_range(sentence: Sentence, start: int, end: int) -> None:
    if not 0 <= start <= end <= len(sentence.text):
        raise refusal("range_outside", "The place lies outside the sentence.", start)
