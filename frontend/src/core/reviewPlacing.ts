import type { CaptionDocument, Part, Sentence } from "./captionDocument";
import { sentencesOf } from "./captionRendering";
import { findSentence, mapSentence, removeSentence } from "./documentEdits";

/** Where a sentence stands; null where the document does not have it. */
export type Place = { part: Part; index: number; sentence: Sentence } | null;

export function placeOf(document: CaptionDocument, id: string): Place {
  const found = findSentence(document, id);
  if (found === null) return null;
  const index = sentencesOf(document, found.part).findIndex((sentence) => sentence.id === id);
  return { ...found, index };
}

export function insertAt(
  document: CaptionDocument,
  part: Part,
  sentence: Sentence,
  index: number,
): CaptionDocument {
  if (part === "summary") return { ...document, summary: sentence };
  return { ...document, [part]: document[part].toSpliced(index, 0, sentence) };
}

/** Puts one sentence back to how it stood, and leaves every other as it is now. */
export function restorePlace(
  document: CaptionDocument,
  id: string,
  before: Place,
): CaptionDocument {
  if (before === null) return removeSentence(document, id);
  if (findSentence(document, id) !== null) return mapSentence(document, id, () => before.sentence);
  return insertAt(document, before.part, before.sentence, before.index);
}
