/** Pure edits of sentences that keep their inference spans in place. */

import type { InferenceSpan, Sentence } from "./captionDocument";
import { refusal } from "./captionProblems";
import { isBlank, pointsOf, textOf, trimmedRange } from "./captionText";
import { newSentence } from "./documentEdits";

/**
 * Puts `replacement` in place of a range. Text typed inside an inference belongs to it, text
 * typed at its edge does not.
 */
export function editText(
  sentence: Sentence,
  start: number,
  end: number,
  replacement: string,
): Sentence {
  const points = pointsOf(sentence.text);
  checkRange(points, start, end);
  const typed = pointsOf(replacement);
  const next = [...points.slice(0, start), ...typed, ...points.slice(end)];
  const moved = sentence.inferences.map((span) => spanAfter(span, start, end, typed.length));
  return { ...sentence, text: textOf(next), inferences: tidySpans(moved, next) };
}

function spanAfter(span: InferenceSpan, start: number, end: number, added: number): InferenceSpan {
  const shift = added - (end - start);
  if (holdsEdit(span, start, end)) return { ...span, end: span.end + shift };
  if (span.end <= start) return span;
  if (end <= span.start) return { ...span, start: span.start + shift, end: span.end + shift };
  // The edit crosses an edge: what is left of the span is what the edit did not touch.
  if (span.start < start) return { ...span, end: start };
  return { ...span, start: start + added, end: Math.max(span.end + shift, start + added) };
}

function holdsEdit(span: InferenceSpan, start: number, end: number): boolean {
  if (start === end) return span.start < start && start < span.end;
  return span.start <= start && end <= span.end;
}

/** The id stays on the first part; both parts keep phase, frames and origin. */
export function splitSentence(
  sentence: Sentence,
  at: number,
  newId: string = newSentence().id,
): [Sentence, Sentence] {
  const points = pointsOf(sentence.text);
  checkRange(points, at, at);
  if (isBlank(points, 0, at) || isBlank(points, at)) {
    throw refusal("split_at_edge", "A sentence can be split only between two words.", at);
  }
  const head = at - trimmedRange(points.slice(0, at).reverse()).start;
  const tail = trimmedRange(points, at).start;
  return [
    cutSentence(sentence, points, 0, head),
    { ...cutSentence(sentence, points, tail, points.length), id: newId },
  ];
}

/** The first sentence goes on, with one space and the frames of both. */
export function joinSentences(first: Sentence, second: Sentence): Sentence {
  const head = pointsOf(first.text);
  while (isBlank(head, head.length - 1) && head.length > 0) head.pop();
  const points = pointsOf(second.text);
  const cut = trimmedRange(points).start;
  const tail = points.slice(cut);
  const joined = [...head, ...(head.length > 0 && tail.length > 0 ? [" "] : []), ...tail];
  const shift = joined.length - tail.length - cut;
  const moved = second.inferences.map((span) => ({
    ...span,
    start: Math.max(0, span.start + shift),
    end: span.end + shift,
  }));
  return {
    ...first,
    text: textOf(joined),
    inferences: tidySpans([...first.inferences, ...moved], joined),
    ...present("phase", first.phase ?? second.phase),
    ...present("frames", covering(first.frames, second.frames)),
    ...present("origin", first.origin ?? second.origin),
  };
}

/** A key only where it has a value, as the server writes it. */
export function present<Key extends string, Value>(
  key: Key,
  value: Value | null | undefined,
): Partial<Record<Key, Value>> {
  const found: Partial<Record<Key, Value>> = {};
  if (value !== null && value !== undefined) found[key] = value;
  return found;
}

function covering(first: Sentence["frames"], second: Sentence["frames"]): Sentence["frames"] {
  if (!first || !second) return first ?? second ?? null;
  return [Math.min(first[0], second[0]), Math.max(first[1], second[1])];
}

/** Marks the range, or takes the mark away where all of it is marked. */
export function toggleInference(sentence: Sentence, from: number, to: number): Sentence {
  const points = pointsOf(sentence.text);
  checkRange(points, from, to);
  const { start, end } = trimmedRange(points, from, to);
  if (start >= end) return sentence;
  const spans = sentence.inferences;
  const inferences = isCovered(spans, points, start, end)
    ? spans.flatMap((span) => without(span, start, end))
    : withMark(spans, start, end);
  return { ...sentence, inferences: tidySpans(inferences, points) };
}

/** Spans that the new mark touches become one with it. */
function withMark(spans: readonly InferenceSpan[], start: number, end: number): InferenceSpan[] {
  const touches = (span: InferenceSpan) => span.start <= end && start <= span.end;
  const touched = spans.filter(touches);
  const mark: InferenceSpan = {
    start: Math.min(start, ...touched.map((span) => span.start)),
    end: Math.max(end, ...touched.map((span) => span.end)),
    ...present("replacement", touched.find((span) => span.replacement)?.replacement),
  };
  const rest = spans.filter((span) => !touches(span));
  return [...rest, mark].sort((one, other) => one.start - other.start);
}

function isCovered(
  spans: readonly InferenceSpan[],
  points: readonly string[],
  start: number,
  end: number,
): boolean {
  let reached = start;
  for (const span of spans) {
    if (isBlank(points, reached, Math.max(reached, span.start))) {
      reached = Math.max(reached, span.end);
    }
  }
  return reached >= end;
}

function without(span: InferenceSpan, start: number, end: number): InferenceSpan[] {
  if (span.end <= start || end <= span.start) return [span];
  return [
    { start: span.start, end: Math.min(span.end, start) },
    { start: Math.max(span.start, end), end: span.end },
  ].filter((piece) => piece.start < piece.end);
}

function cutSentence(
  sentence: Sentence,
  points: readonly string[],
  start: number,
  end: number,
): Sentence {
  const text = textOf(points, start, end);
  return { ...sentence, text, inferences: spansWithin(sentence.inferences, points, start, end) };
}

/** Spans of a cut-out piece; a replacement stays with the part where its span begins. */
export function spansWithin(
  spans: readonly InferenceSpan[],
  points: readonly string[],
  start: number,
  end: number,
): InferenceSpan[] {
  const cut = spans
    .filter((span) => span.start < end && span.end > start)
    .map((span) => ({
      start: Math.max(span.start, start) - start,
      end: Math.min(span.end, end) - start,
      ...present("replacement", span.start >= start ? span.replacement : null),
    }));
  return tidySpans(cut, points.slice(start, end));
}

/** Drops spans that cover no more than white space. */
export function tidySpans(
  spans: readonly InferenceSpan[],
  points: readonly string[],
): InferenceSpan[] {
  return spans.filter(({ start, end }) => start < end && !isBlank(points, start, end));
}

function checkRange(points: readonly string[], start: number, end: number): void {
  if (!(start >= 0 && start <= end && end <= points.length)) {
    throw refusal("range_outside", "The place lies outside the sentence.", start);
  }
}
