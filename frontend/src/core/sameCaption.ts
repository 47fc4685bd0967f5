import type { CaptionDocument, Sentence } from "./captionDocument";

function contentOf(sentence: Sentence): unknown[] {
  const { id, text, inferences, phase, frames, origin } = sentence;
  return [
    id,
    text,
    inferences.map(({ start, end, replacement }) => [start, end, replacement ?? ""]),
    phase ?? null,
    frames ?? null,
    // Without the distance: the server counts it anew.
    origin ? [origin.kind, origin.uid, origin.sentence] : null,
  ];
}

/** Whether two sentences say the same of the same frames, wherever they came from. */
export function isSameSentence(one: Sentence, other: Sentence): boolean {
  const [first, second] = [one, other].map((sentence) =>
    JSON.stringify(contentOf({ ...sentence, id: "", origin: null })),
  );
  return first === second;
}

/** Whether two documents say the same, whichever side wrote the keys. */
export function isSameCaption(one: CaptionDocument, other: CaptionDocument): boolean {
  const [first, second] = [one, other].map(({ external_attributes, facial_changes, summary }) =>
    JSON.stringify([
      external_attributes.map(contentOf),
      facial_changes.map(contentOf),
      summary === null ? null : contentOf(summary),
    ]),
  );
  return first === second;
}
