/** The words by which a caption says when something happens: annotation/captions/markers.py. */

import type { Phase } from "./captionDocument";

const WHOLE =
  "(?:video|clip|footage|scene|sequence|recording|film|shot|segment|process|conversation|" +
  "interview|performance|dance|song|plot|story|period)";
const PIECE =
  "(?:few )?(?:half|third|parts?|portion|section|stage|phase|moments?|seconds?|frames?|shots?|" +
  "segment)";
const LATE = "(?:late|later|latter|last|final|end)";
const OF_WHOLE = String.raw` of (?:the|this) (?:whole |entire )?${WHOLE}\b`;
const MOVES_ON =
  "(?:progress(?:es)?|continues?|goes on|pass(?:es)?|moves? (?:on|forward)|unfolds?|proceeds?|" +
  "plays(?: on)?|advances?|develops?|elapses)";
// At the start of a sentence these are about time even without "of the video".
const STARTS = String.raw`^["'“‘«(]*(?:but |and |then,? |however, )?`;

// At one place the first that fits wins, so the wider phrases stand before the narrower.
const PATTERNS: readonly (readonly [Phase, string])[] = [
  [
    "throughout",
    String.raw`\bfrom (?:the )?(?:very )?(?:beginning|start) to (?:the )?(?:very )?end\b`,
  ],
  [
    "throughout",
    String.raw`\bthroughout(?: the)?(?: (?:whole|entire|rest of the|remaining))? ${WHOLE}\b`,
  ],
  ["throughout", String.raw`\b(?:during|for|over) the (?:whole|entire) (?:${WHOLE}|time)\b`],
  ["throughout", String.raw`${STARTS}(?:throughout|all the while|the whole time)\b`],
  ["beginning", String.raw`\b(?:at|in|from|since) the (?:very )?(?:beginning|start|outset)\b`],
  ["beginning", String.raw`\bin the (?:first|initial|early|earlier|opening|beginning) ${PIECE}\b`],
  ["beginning", String.raw`\bas the ${WHOLE} (?:begins|starts|opens)\b`],
  [
    "beginning",
    String.raw`${STARTS}(?:initially|at first|first|firstly|to begin with|to start with)\b`,
  ],
  ["progress", String.raw`\bas (?:the |this )?(?:${WHOLE}|time) ${MOVES_ON}\b`],
  ["progress", String.raw`\bin the (?:following|next|subsequent) ${PIECE}\b`],
  ["progress", String.raw`\b(?:over time|with time|as it (?:progresses|continues|goes on))\b`],
  [
    "middle",
    String.raw`\b(?:at|by|from|in|near|to|towards?|around|until) the (?:very )?middle${OF_WHOLE}`,
  ],
  [
    "middle",
    String.raw`\b(?:at|from|in|during) the middle (?:${PIECE}|(?:to|and|or) (?:the )?${LATE})\b`,
  ],
  ["middle", String.raw`${STARTS}(?:at|by|from|in|near|towards?|around) the middle\b(?! of)`],
  ["middle", String.raw`\b(?:halfway|midway|partway) through\b|${STARTS}(?:halfway|midway)\b`],
  [
    "end",
    String.raw`\b(?:at|by|in|near|before|to|towards?|until) the (?:very )?end(?:ing)?${OF_WHOLE}`,
  ],
  ["end", String.raw`\bin the (?:final|last|later|latter|closing|second|ending) ${PIECE}\b`],
  ["end", String.raw`${STARTS}(?:at|by|in|near|towards?|until) the (?:very )?end\b(?! of)`],
  ["end", String.raw`${STARTS}(?:finally|lastly|eventually|ultimately|at last)\b`],
];

const MARKERS = PATTERNS.map(([phase, pattern]) => ({ phase, pattern: new RegExp(pattern, "i") }));

/** The phase that the first time marker of a sentence names. */
export function phaseOf(sentence: string): Phase | null {
  let found: { at: number; phase: Phase } | null = null;
  for (const { phase, pattern } of MARKERS) {
    const at = sentence.search(pattern);
    if (at >= 0 && (found === null || at < found.at)) found = { at, phase };
  }
  return found?.phase ?? null;
}

/** A sentence without a marker goes on in the phase of the one before it. */
export function phasesOf(sentences: readonly string[]): (Phase | null)[] {
  let current: Phase | null = null;
  return sentences.map((sentence) => (current = phaseOf(sentence) ?? current));
}
