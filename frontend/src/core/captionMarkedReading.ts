/** Reads marked text and says where it is broken. */

import type { CaptionDocument, Sentence } from "./captionDocument";
import { spansWithin } from "./captionEditing";
import { PART_LINE } from "./captionMarked";
import { matchSentences } from "./captionMatching";
import { parseCaption } from "./captionParsing";
import { divided, numbered, withPhases } from "./captionPlain";
import { Problems } from "./captionProblems";
import { sentencesOf } from "./captionRendering";
import { type Scanned, scanMarked } from "./captionScanning";
import { type Range, sentenceRanges } from "./captionSentences";
import { textOf, trimmed } from "./captionText";

const REFUSAL = "The marked text is not well formed. Correct the places named.";

/**
 * A document out of marked text, in parts where a line of `---` divides it.
 *
 * Undivided text is divided at its first time marker. Ids, frames and origins, which the text
 * does not hold, come from `base`. Throws InvalidCaption; offsets count code points.
 */
export function parseMarked(text: string, base: CaptionDocument | null = null): CaptionDocument {
  const problems = new Problems();
  const parts = partsOf(scanMarked(text, problems), problems);
  problems.refuseIfAny(REFUSAL);
  const [attributes = [], changes, summary] = parts;
  const document: CaptionDocument = {
    schema: 1,
    ...(changes === undefined
      ? divided(attributes)
      : { external_attributes: attributes, facial_changes: withPhases(changes) }),
    summary: summary?.[0] ?? null,
  };
  return base === null ? numbered(document) : withBase(document, base);
}

/** The sentences of one part, with phases by their time markers unless `base` has them. */
export function parseMarkedPart(text: string, base: readonly Sentence[] = []): Sentence[] {
  const problems = new Problems();
  const scanned = scanMarked(text, problems);
  problems.refuseIfAny(REFUSAL);
  return matchSentences(withPhases(sentencesIn(scanned, 0, scanned.plain.length)), base);
}

function withBase(document: CaptionDocument, base: CaptionDocument): CaptionDocument {
  return parseCaption({
    schema: 1,
    external_attributes: matchSentences(document.external_attributes, base.external_attributes),
    facial_changes: matchSentences(document.facial_changes, base.facial_changes),
    summary:
      matchSentences(sentencesOf(document, "summary"), sentencesOf(base, "summary"))[0] ?? null,
  });
}

/** Up to three parts, the last of at most one sentence. */
function partsOf(scanned: Scanned, problems: Problems): Sentence[][] {
  const { shadow, places } = scanned;
  const parts: Sentence[][] = [];
  let start = 0;
  for (const line of linesOf(shadow, 0, shadow.length)) {
    if (textOf(trimmed(shadow.slice(line.start, line.end))) !== PART_LINE) continue;
    parts.push(sentencesIn(scanned, start, line.start));
    start = line.end;
    if (parts.length === 3) {
      const message = "A caption has three parts at most, so two dividing lines at most.";
      problems.add("", "too_many_parts", message, places[line.start] ?? null);
    }
  }
  parts.push(sentencesIn(scanned, start, shadow.length));
  if (parts.length === 3 && (parts[2]?.length ?? 0) > 1) {
    const message = "The summary is one sentence. Shorten it to one.";
    problems.add("summary", "summary_not_one", message, places[start] ?? null);
  }
  return parts;
}

function sentencesIn({ plain, shadow, spans }: Scanned, start: number, end: number): Sentence[] {
  return linesOf(shadow, start, end).flatMap((line) =>
    sentenceRanges(shadow.slice(line.start, line.end)).map((range) => {
      const first = line.start + range.start;
      const after = line.start + range.end;
      const inferences = spansWithin(spans, plain, first, after);
      return { id: "", text: textOf(plain, first, after), inferences };
    }),
  );
}

function linesOf(points: readonly string[], start: number, end: number): Range[] {
  const lines: Range[] = [];
  for (let at = start; at < end; at = lines.at(-1)?.end ?? end) {
    const found = points.indexOf("\n", at);
    lines.push({ start: at, end: found === -1 || found >= end ? end : found + 1 });
  }
  return lines;
}
