import type { CaptionDocument, Part, Sentence } from "./captionDocument";
import { sentencesOf } from "./captionRendering";
import { findSentence, mapSentence, newSentence, removeSentence } from "./documentEdits";
import type { Source } from "./picks";

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

/** A column's sentence as it enters the result: in the place of what stands there, if any. */
export function copyCell(
  document: CaptionDocument,
  cell: Sentence,
  source: Source,
  standing: Sentence | null,
): Sentence {
  if (source.kind === "consolidation") {
    const isFree = findSentence(document, cell.id) === null;
    if (standing === null) return isFree ? cell : newSentence(cell);
    return { ...cell, id: standing.id };
  }
  const origin = { kind: source.kind, uid: source.uid, sentence: cell.id };
  const copy = newSentence({ ...cell, origin });
  return standing === null ? copy : { ...copy, id: standing.id };
}
