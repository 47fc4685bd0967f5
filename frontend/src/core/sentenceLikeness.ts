import type { Sentence } from "./captionDocument";

/** Scripts that set no spaces are compared character by character. */
const WORDS =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|[\p{Script=Latin}\p{N}]+|[\p{L}\p{M}]+/gu;

/** Words that say nothing about the face. */
const EMPTY_WORDS = new Set(
  (
    "a an and are as at be been but by for from has have he her hers him his in into is it its of " +
    "on or she so that the their them then there these they this to was were which while with"
  ).split(" "),
);

/** Plain stemming: enough for "rises", "rising" and "rise" to be one word. */
function stemOf(word: string): string {
  const stem = word.length > 3 ? word.replace(/(ing|ed|es|s|ly)$/, "") : word;
  return stem.length > 2 ? stem.replace(/e$/, "") : stem;
}

/** The words of a text that carry its meaning, as stems in lower case. */
export function contentWords(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(WORDS) ?? [];
  return new Set(words.filter((word) => !EMPTY_WORDS.has(word)).map(stemOf));
}

/** Dice's measure: 1 for the same set of words, 0 for none in common. */
export function wordLikeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size + other.size === 0) return 1;
  let shared = 0;
  for (const word of one) if (other.has(word)) shared += 1;
  return (2 * shared) / (one.size + other.size);
}

function phaseLikeness(one: Sentence, other: Sentence): number | null {
  if (!one.phase || !other.phase) return null;
  if (one.phase === other.phase) return 1;
  return one.phase === "throughout" || other.phase === "throughout" ? 0.5 : 0;
}

function frameLikeness(one: Sentence, other: Sentence): number | null {
  if (!one.frames || !other.frames) return null;
  const overlap =
    Math.min(one.frames[1], other.frames[1]) - Math.max(one.frames[0], other.frames[0]);
  const union = Math.max(one.frames[1], other.frames[1]) - Math.min(one.frames[0], other.frames[0]);
  return union === 0 ? 0 : Math.max(0, overlap) / union;
}

/** How much two sentences may mean the same, 0 to 1: words first, then phase and frames. */
export function sentenceLikeness(one: Sentence, other: Sentence): number {
  const measures: readonly (readonly [weight: number, value: number | null])[] = [
    [0.6, wordLikeness(contentWords(one.text), contentWords(other.text))],
    [0.2, phaseLikeness(one, other)],
    [0.2, frameLikeness(one, other)],
  ];
  let sum = 0;
  let weights = 0;
  for (const [weight, value] of measures) {
    // What one of the two does not say neither joins nor parts them.
    if (value === null) continue;
    sum += weight * value;
    weights += weight;
  }
  return sum / weights;
}
