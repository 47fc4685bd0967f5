/** Finds sentences by the rules of annotation/captions/sentences.py; the vectors hold both. */

import { isSpace, pointsOf, textOf, trimmedRange } from "./captionText";

export const CLOSERS = new Set("\"'”’»)]}」』）】");
export const OPENERS = new Set("\"'“‘«([{「『（【¿¡");
export const FULL_WIDTH_STOPS = new Set("。！？");
export const STOPS = new Set(".!?…。！？");

const CONTINUING = new Set([...STOPS, ",", ";", ":"]);
const LOWERCASE = /^\p{Lowercase}$/u;
const DIGIT = /^\p{Nd}$/u;
const LAST_WORD = /[\p{L}\p{Nl}\p{No}.]+$/u;
const INITIAL = /^\p{Uppercase}$/u;
const LONGEST_ABBREVIATION = 8;
const BEFORE_NUMBERS = new Set(["no", "min", "sec", "max"]);
// Words that a sentence does not end with, though a full stop and a capital follow.
const ABBREVIATIONS = new Set(
  "mr mrs ms dr prof st vs fig approx ca cf e.g i.e esp resp vol gen sgt capt".split(" "),
);

export interface Range {
  start: number;
  end: number;
}

interface Break {
  /** The run of stops, without the closing marks behind it. */
  stops: Range;
  end: number;
  following: number;
}

export function isStop(point: string | undefined): boolean {
  return point !== undefined && STOPS.has(point);
}

/** Half-open ranges of the sentences in one line, without white space around. */
export function sentenceRanges(points: readonly string[]): Range[] {
  const { start: first, end: last } = trimmedRange(points);
  const ranges: Range[] = [];
  let start = first;
  for (const { end, following } of breaksOf(points)) {
    ranges.push({ start, end });
    start = following;
  }
  if (start < last) ranges.push({ start, end: last });
  return ranges;
}

/** Where the stops stand that end a sentence in the middle of the text. */
export function innerStops(points: readonly string[]): number[] {
  return breaksOf(points).flatMap(({ stops }) =>
    Array.from({ length: stops.end - stops.start }, (_, index) => stops.start + index),
  );
}

/** Sentences of a text of any number of lines; a line end always ends a sentence. */
export function splitSentences(text: string): string[] {
  return plainLines(text)
    .split("\n")
    .flatMap((line) => {
      const points = pointsOf(line);
      return sentenceRanges(points).map(({ start, end }) => textOf(points, start, end));
    });
}

/** The text with "\n" as its only control character; each code point keeps its place. */
export function plainLines(text: string): string {
  return text
    .replaceAll("\r\n", " \n")
    .replaceAll(/[\r\v\f\u0085\u2028\u2029]/g, "\n")
    .replaceAll(/(?!\n)\p{Cc}/gu, " ")
    .replaceAll(/\p{Cs}/gu, "\ufffd");
}

function breaksOf(points: readonly string[]): Break[] {
  const breaks: Break[] = [];
  let index = 0;
  while (index < points.length) {
    if (!isStop(points[index])) {
      index += 1;
      continue;
    }
    const stops = { start: index, end: endOfRun(points, index, STOPS) };
    const end = endOfRun(points, stops.end, CLOSERS);
    const following = trimmedRange(points, end).start;
    const found = { stops, end, following };
    if (following < points.length && endsSentence(points, found)) breaks.push(found);
    index = end;
  }
  return breaks;
}

function endOfRun(points: readonly string[], start: number, run: ReadonlySet<string>): number {
  let end = start;
  while (run.has(points[end] ?? "")) end += 1;
  return end;
}

function endsSentence(points: readonly string[], { stops, end, following }: Break): boolean {
  if (FULL_WIDTH_STOPS.has(points[stops.start] ?? "")) return true;
  if (following === end || !canStartSentence(points, following)) return false;
  const isSingleStop = points[stops.start] === "." && points[stops.start + 1] !== ".";
  return !isSingleStop || !isAbbreviation(points, stops.start, points[following] ?? "");
}

/** A small letter goes on with a sentence; scripts without case may start one. */
function canStartSentence(points: readonly string[], following: number): boolean {
  const point = points[endOfRun(points, following, OPENERS)];
  if (point === undefined || isSpace(point)) return false;
  return !LOWERCASE.test(point) && !CONTINUING.has(point);
}

function isAbbreviation(points: readonly string[], stop: number, following: string): boolean {
  const before = textOf(points, Math.max(0, stop - LONGEST_ABBREVIATION), stop);
  const word = LAST_WORD.exec(before)?.[0] ?? "";
  const small = word.toLowerCase();
  // "He says no. She nods." against "No. 3".
  if (BEFORE_NUMBERS.has(small)) return DIGIT.test(following);
  // An initial, as in "J. Smith"; "I" ends sentences.
  return ABBREVIATIONS.has(small) || (INITIAL.test(word) && word !== "I");
}
