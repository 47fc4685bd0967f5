/** Reads plain text, as models write it, into a caption document. */

import type { CaptionDocument, Sentence } from "./captionDocument";
import { present } from "./captionEditing";
import { phaseOf, phasesOf } from "./captionMarkers";
import { parseCaption } from "./captionParsing";
import { splitSentences } from "./captionSentences";

/** Sentences before the first time marker are attributes. Refuses what is too long. */
export function fromPlain(text: string): CaptionDocument {
  const sentences = splitSentences(text).map((line) => ({ id: "", text: line, inferences: [] }));
  return numbered({ schema: 1, ...divided(sentences), summary: null });
}

/** Attributes, and changes with their phases. */
export function divided(
  sentences: readonly Sentence[],
): Pick<CaptionDocument, "external_attributes" | "facial_changes"> {
  const first = sentences.findIndex(({ text }) => phaseOf(text) !== null);
  const cut = first === -1 ? sentences.length : first;
  return {
    external_attributes: sentences.slice(0, cut),
    facial_changes: withPhases(sentences.slice(cut)),
  };
}

export function withPhases(sentences: readonly Sentence[]): Sentence[] {
  const phases = phasesOf(sentences.map(({ text }) => text));
  return sentences.map((sentence, index) => ({ ...sentence, ...present("phase", phases[index]) }));
}

/** Ids that depend only on the text, so that importing twice gives the same document. */
export function numbered(document: CaptionDocument): CaptionDocument {
  let last = 0;
  const withId = (sentence: Sentence): Sentence => ({ ...sentence, id: `s${++last}` });
  const external_attributes = document.external_attributes.map(withId);
  const facial_changes = document.facial_changes.map(withId);
  const summary = document.summary && withId(document.summary);
  return parseCaption({ schema: 1, external_attributes, facial_changes, summary });
}
