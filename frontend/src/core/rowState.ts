import type { Sentence } from "./captionDocument";
import { pointsOf, textOf } from "./captionText";
import { contentWords, wordLikeness } from "./sentenceLikeness";

/** `differ`: several speak of it, and no two of them in like words. */
export type RowState = "agree" | "some" | "one" | "differ" | "conflict" | "inference" | "draft";

export interface RowView {
  state: RowState;
  /** How many of the annotations say it, for `some`. */
  agreeing: number;
}

/** From here on two sentences say the same in other words. */
const SAME = 0.5;

/** Sides and directions that exclude each other, as stems. */
const OPPOSITES: readonly (readonly [readonly string[], readonly string[]])[] = [
  [["left"], ["right"]],
  [
    ["up", "upward", "upwards", "rais", "ris", "lift"],
    ["down", "downward", "lower", "drop", "fall"],
  ],
  [["open"], ["clos", "shut"]],
  [["widen"], ["narrow", "squint"]],
  [
    ["tighten", "tens", "tight"],
    ["relax", "loosen", "soften"],
  ],
  [["smil"], ["frown"]],
  [
    ["inward", "inwards"],
    ["outward", "outwards"],
  ],
  [
    ["forward", "forwards"],
    ["backward", "backwards"],
  ],
  [["increas"], ["decreas"]],
  [["quick", "rapid", "fast"], ["slow"]],
];

function hasAny(words: ReadonlySet<string>, chosen: readonly string[]): boolean {
  return chosen.some((word) => words.has(word));
}

/** One says a side or direction, the other only the opposite one. */
export function areOpposite(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return OPPOSITES.some(([left, right]) => {
    const [oneLeft, oneRight] = [hasAny(one, left), hasAny(one, right)];
    const [otherLeft, otherRight] = [hasAny(other, left), hasAny(other, right)];
    return (
      (oneLeft && !oneRight && otherRight && !otherLeft) ||
      (oneRight && !oneLeft && otherLeft && !otherRight)
    );
  });
}

function wordsMarked({ text, inferences }: Sentence): ReadonlySet<string> {
  const points = pointsOf(text);
  return contentWords(inferences.map(({ start, end }) => textOf(points, start, end)).join(" "));
}

/** A word that both say is an inference to one of them only. */
function markDifferently(one: Sentence, other: Sentence): boolean {
  const [ofOne, ofOther] = [contentWords(one.text), contentWords(other.text)];
  const [markedOne, markedOther] = [wordsMarked(one), wordsMarked(other)];
  return [...ofOne].some(
    (word) => ofOther.has(word) && markedOne.has(word) !== markedOther.has(word),
  );
}

function someOf<T>(all: readonly T[], differ: (one: T, other: T) => boolean): boolean {
  return all.some((one, index) => all.slice(index + 1).some((other) => differ(one, other)));
}

/** The size of the largest group around one sentence that says the same as it. */
function largestGroup(words: readonly ReadonlySet<string>[]): number {
  const sizes = words.map(
    (one) => words.filter((other) => wordLikeness(one, other) >= SAME).length,
  );
  return Math.max(0, ...sizes);
}

/** How far the annotations agree in one row; drafts have no say. */
export function viewRow(annotated: readonly (Sentence | null)[]): RowView {
  const said = annotated.filter((cell) => cell !== null);
  const words = said.map(({ text }) => contentWords(text));
  const agreeing = largestGroup(words);
  return { state: stateOf(said, words, agreeing, annotated.length), agreeing };
}

function stateOf(
  said: readonly Sentence[],
  words: readonly ReadonlySet<string>[],
  agreeing: number,
  columns: number,
): RowState {
  if (said.length === 0) return "draft";
  if (said.length === 1) return columns === 1 ? "agree" : "one";
  if (someOf(words, areOpposite)) return "conflict";
  if (someOf(said, markDifferently)) return "inference";
  if (agreeing === 1) return "differ";
  return agreeing === columns ? "agree" : "some";
}
