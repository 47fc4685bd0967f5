/** Takes the inferences out of a sentence and mends what their absence breaks. */

import type { InferenceSpan, Sentence } from "./captionDocument";
import { spansWithin } from "./captionEditing";
import {
  CLOSERS,
  FULL_WIDTH_STOPS,
  isStop,
  OPENERS,
  sentenceRanges,
  STOPS,
} from "./captionSentences";
import { isSpace, pointsOf, textOf, trimmed } from "./captionText";

const DASHES = new Set("—–");
const PAUSES = new Set(",;:，、；：—–");
const PUNCTUATION = new Set([...STOPS, ...PAUSES, ...OPENERS, ...CLOSERS, "-"]);
// Straight quotes stand on either side, so these leave them out.
const TIGHT_OPENERS = new Set("([{“‘«「『（【");
const TIGHT_CLOSERS = new Set(")]}”’»」』）】");
const PAIRS = new Set(["()", "[]", "{}", "“”", "‘’", "«»", "「」", "『』", "（）", "【】"]);
// A straight quote opens and closes alike, so it is matched only where nothing stood between.
const QUOTES = new Set(['""', "''"]);
const UPPERCASE = /^\p{Uppercase}$/u;
const DIGIT = /^\p{Nd}$/u;

/** The text without its inferences; empty if nothing else was there. */
export function strippedSentence({ text, inferences }: Sentence): string {
  const points = pointsOf(text);
  if (inferences.length === 0) return textOf(trimmed(points));
  return sentenceRanges(points)
    .map(({ start, end }) =>
      stripped(points.slice(start, end), spansWithin(inferences, points, start, end)),
    )
    .filter((piece) => piece !== "")
    .join(" ");
}

function stripped(points: string[], spans: readonly InferenceSpan[]): string {
  if (spans.length === 0) return textOf(points);
  const seam = new Seam();
  let reached = 0;
  for (const span of spans) {
    seam.keep(points.slice(reached, span.start));
    seam.remove(points.slice(span.start, span.end));
    const replacement = pointsOf(span.replacement ?? "");
    if (!replacement.every(isSpace)) {
      seam.keep(replacement);
      seam.remove([]);
    }
    reached = span.end;
  }
  seam.keep(points.slice(reached));
  const result = trimmed(withSingleSpaces(seam.finish()));
  if (result.every((point) => PUNCTUATION.has(point) || isSpace(point))) return "";
  return textOf(capitalisedLike(points, stoppedLike(points, result)));
}

function withSingleSpaces(points: readonly string[]): string[] {
  const spaced: string[] = [];
  points.forEach((point, index) => {
    if (!isSpace(point)) spaced.push(point);
    else if (!isSpace(points[index - 1])) spaced.push(isSpace(points[index + 1]) ? " " : point);
  });
  return spaced;
}

/** Gives back the stop that went away with the last words. */
function stoppedLike(points: readonly string[], result: string[]): string[] {
  const stop = lastBeforeClosers(points);
  if (!isStop(stop) || isStop(lastBeforeClosers(result))) return result;
  return [...result, FULL_WIDTH_STOPS.has(stop ?? "") ? "。" : "."];
}

function lastBeforeClosers(points: readonly string[]): string | undefined {
  return points.findLast((point) => !CLOSERS.has(point));
}

function capitalisedLike(points: readonly string[], result: string[]): string[] {
  const first = points.find(isLetterPlace);
  const index = result.findIndex(isLetterPlace);
  const letter = result[index];
  if (first === undefined || letter === undefined || !UPPERCASE.test(first)) return result;
  const capital = letter.toUpperCase();
  // Some small letters have no single capital ("ß"); they stay.
  return pointsOf(capital).length === 1 ? result.with(index, capital) : result;
}

function isLetterPlace(point: string): boolean {
  return !OPENERS.has(point) && !isSpace(point);
}

/** What is kept so far, and the gap that the next kept text closes. */
class Seam {
  private readonly kept: string[] = [];
  private isOpen = false;
  private hadSpace = false;

  remove(points: readonly string[]): void {
    this.isOpen = true;
    this.hadSpace ||= isSpace(points[0]) || isSpace(points.at(-1));
    this.dropLastSpaces();
  }

  keep(points: readonly string[]): void {
    if (!this.isOpen) {
      for (const point of points) this.kept.push(point);
      return;
    }
    this.hadSpace ||= isSpace(points[0]);
    const rest = this.mended(withoutFirst(points, isSpace));
    if (rest.length === 0) return;
    if (this.needsSpace(rest)) this.kept.push(" ");
    for (const point of rest) this.kept.push(point);
    this.isOpen = this.hadSpace = false;
  }

  finish(): string[] {
    if (this.isOpen) this.dropLastPauses();
    return this.kept;
  }

  /** The text that follows, once the punctuation on both sides fits together. */
  private mended(points: string[]): string[] {
    let rest = points;
    while (this.endsInEmptyPair(rest)) {
      this.kept.pop();
      this.dropLastSpaces();
      rest = withoutFirst(rest.slice(1), isSpace);
    }
    const last = this.kept.at(-1);
    if (last === undefined || TIGHT_OPENERS.has(last) || isStop(last)) {
      return withoutFirstPunctuation(rest);
    }
    if (startsWithStop(rest) || startsWithPause(rest) || TIGHT_CLOSERS.has(rest[0] ?? "")) {
      this.dropLastPauses();
    }
    return rest;
  }

  private endsInEmptyPair(rest: readonly string[]): boolean {
    const pair = textOf([this.kept.at(-1) ?? "", rest[0] ?? ""]);
    return PAIRS.has(pair) || (QUOTES.has(pair) && !this.hadSpace);
  }

  private needsSpace(rest: readonly string[]): boolean {
    const last = this.kept.at(-1);
    const next = rest[0] ?? "";
    if (!this.hadSpace || last === undefined || TIGHT_OPENERS.has(last)) return false;
    if (DASHES.has(next)) return true;
    return !(startsWithStop(rest) || PAUSES.has(next) || TIGHT_CLOSERS.has(next));
  }

  private dropLastSpaces(): void {
    while (isSpace(this.kept.at(-1))) {
      this.kept.pop();
      this.hadSpace = true;
    }
  }

  private dropLastPauses(): void {
    this.dropLastSpaces();
    while (this.endsWithPause()) {
      this.kept.pop();
      this.dropLastSpaces();
    }
  }

  private endsWithPause(): boolean {
    if (this.kept.at(-1) === "-") return this.kept.length === 1 || isSpace(this.kept.at(-2));
    return PAUSES.has(this.kept.at(-1) ?? "");
  }
}

function withoutFirst(points: readonly string[], isDropped: (point: string) => boolean): string[] {
  const first = points.findIndex((point) => !isDropped(point));
  return first === -1 ? [] : points.slice(first);
}

/** A point before a digit is a number's. */
function startsWithStop(points: readonly string[], at = 0): boolean {
  return isStop(points[at]) && !(points[at] === "." && DIGIT.test(points[at + 1] ?? ""));
}

/** A hyphen is a pause only where it stands alone. */
function startsWithPause(points: readonly string[], at = 0): boolean {
  if (points[at] === "-") return points[at + 1] === undefined || points[at + 1] === " ";
  return PAUSES.has(points[at] ?? "");
}

function withoutFirstPunctuation(points: readonly string[]): string[] {
  let index = 0;
  while (
    isSpace(points[index]) ||
    startsWithPause(points, index) ||
    startsWithStop(points, index)
  ) {
    index += 1;
  }
  return points.slice(index);
}
