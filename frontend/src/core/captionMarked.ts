/** Writes marked text: inferences in square brackets, as annotation/captions/marked.py does. */

import type { CaptionDocument, Sentence } from "./captionDocument";
import { innerStops, sentenceRanges } from "./captionSentences";
import { isBlankText, pointsOf, textOf, trimmedRange } from "./captionText";

export const SPECIAL = new Set("[]|\\");
/** Stands for an escaped character while sentences are looked for: no letter, stop or space. */
export const NEUTRAL = "·";
/** A line of its own between two parts. */
export const PART_LINE = "---";

/** All parts; `parseMarked` with the same document as its base gives it back. */
export function toMarked(document: CaptionDocument): string {
  const parts = [document.external_attributes, document.facial_changes];
  if (document.summary !== null) parts.push([document.summary]);
  return parts.map(toMarkedPart).join(`\n${PART_LINE}\n`);
}

/** Sentences on one line where the rules find their ends, else one line each. */
export function toMarkedPart(sentences: readonly Sentence[]): string {
  let text = "";
  let last: string[] = [];
  for (const sentence of sentences) {
    if (isBlankText(sentence.text)) continue;
    const points = pointsOf(sentence.text);
    const shadow = shadowOf(points, escapedIn(points));
    if (text !== "") text += areToldApart(last, shadow) ? " " : "\n";
    text += markedSentence(sentence);
    last = shadow;
  }
  return text;
}

/** One line that is read back as this one sentence. */
export function markedSentence({ text, inferences }: Sentence): string {
  const points = pointsOf(text);
  const escaped = escapedIn(points);
  const pieces: string[] = [];
  let reached = 0;
  for (const { start, end, replacement } of inferences) {
    const instead = written(pointsOf(replacement ?? ""), new Set());
    pieces.push(written(points, escaped, reached, start));
    pieces.push(`[${written(points, escaped, start, end)}${instead && `|${instead}`}]`);
    reached = end;
  }
  return pieces.join("") + written(points, escaped, reached);
}

/** White space at the edges, and what would end a sentence or a part too early. */
function escapedIn(points: readonly string[]): Set<number> {
  const { start, end } = trimmedRange(points);
  const escaped = new Set(
    points.flatMap((_, index) => (index < start || index >= end ? [index] : [])),
  );
  if (textOf(shadowOf(points, escaped)) === PART_LINE) return escaped.add(0);
  // A stop that no longer counts can let the one before it end a sentence.
  for (let stops = [-1]; stops.length > 0;) {
    stops = [...innerStops(shadowOf(points, escaped))];
    for (const index of stops) escaped.add(index);
  }
  return escaped;
}

function shadowOf(points: readonly string[], escaped: ReadonlySet<number>): string[] {
  return points.map((point, index) => (escaped.has(index) ? NEUTRAL : point));
}

function areToldApart(first: readonly string[], second: readonly string[]): boolean {
  const ranges = sentenceRanges([...first, " ", ...second]);
  return ranges.length === 2 && ranges[0]?.end === first.length;
}

function written(
  points: readonly string[],
  escaped: ReadonlySet<number>,
  start = 0,
  end = points.length,
): string {
  return points
    .slice(start, end)
    .map((point, at) => (escaped.has(start + at) || SPECIAL.has(point) ? `\\${point}` : point))
    .join("");
}
