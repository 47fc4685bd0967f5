/** Turns a caption document into text: full, marked or stripped. */

import type { CaptionDocument, Part, Phase, Sentence } from "./captionDocument";
import { markedSentence } from "./captionMarked";
import { strippedSentence } from "./captionStripping";
import { isBlankText, pointsOf, textOf, trimmed } from "./captionText";

export type RenderingMode = "full" | "marked" | "stripped";

/** What tuning and the benchmark use. */
export const DATASET_PARTS: readonly Part[] = ["external_attributes", "facial_changes"];

// The published captions tell the beginning and the progress in one paragraph, and go on with
// what holds throughout wherever they are.
const PARAGRAPHS: Readonly<Record<Exclude<Phase, "throughout">, number>> = {
  beginning: 0,
  progress: 0,
  middle: 1,
  end: 2,
};

/** One line per paragraph; a new part or a new phase starts a paragraph. */
export function renderCaption(
  document: CaptionDocument,
  mode: RenderingMode,
  parts: readonly Part[] = DATASET_PARTS,
): string {
  return parts
    .flatMap((part) => paragraphsOf(sentencesOf(document, part)))
    .map((paragraph) => paragraph.map((sentence) => renderSentence(sentence, mode)))
    .map((paragraph) => paragraph.filter((text) => text !== "").join(" "))
    .filter((line) => line !== "")
    .join("\n");
}

export function sentencesOf(document: CaptionDocument, part: Part): readonly Sentence[] {
  if (part === "summary") return document.summary === null ? [] : [document.summary];
  return document[part];
}

function paragraphsOf(sentences: readonly Sentence[]): Sentence[][] {
  const paragraphs: Sentence[][] = [];
  let current: number | null = null;
  for (const sentence of sentences) {
    const number: number | null = paragraphNumber(sentence.phase) ?? current;
    const last = paragraphs.at(-1);
    if (last === undefined || (current !== null && number !== current)) paragraphs.push([sentence]);
    else last.push(sentence);
    current = number;
  }
  return paragraphs;
}

function paragraphNumber(phase: Phase | null | undefined): number | null {
  return phase && phase !== "throughout" ? PARAGRAPHS[phase] : null;
}

function renderSentence(sentence: Sentence, mode: RenderingMode): string {
  if (isBlankText(sentence.text)) return "";
  if (mode === "full") return textOf(trimmed(pointsOf(sentence.text)));
  return mode === "marked" ? markedSentence(sentence) : strippedSentence(sentence);
}
