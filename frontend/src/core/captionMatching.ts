import type { Sentence } from "./captionDocument";
import { present } from "./captionEditing";
import { isBlankText } from "./captionText";
import { newSentence } from "./documentEdits";

/**
 * Gives the sentences the ids, phases, frames and origins that they had in `base`.
 *
 * Sentences of the same text are the same. If as many are left over on both sides, they are
 * taken for edits of each other, in order; otherwise the ones left over are new.
 */
export function matchSentences(
  sentences: readonly Sentence[],
  base: readonly Sentence[],
): Sentence[] {
  const free = new Set(base);
  const found = sentences.map(({ text }) => takeSameText(free, text));
  const left = [...free].filter(({ text }) => !isBlankText(text));
  const areEdits = left.length === found.filter((match) => match === null).length;
  return sentences.map((sentence, index) => {
    const match = found[index] ?? (areEdits ? left.shift() : undefined);
    return like(sentence, match);
  });
}

function takeSameText(free: Set<Sentence>, text: string): Sentence | null {
  for (const sentence of free) {
    if (sentence.text !== text) continue;
    free.delete(sentence);
    return sentence;
  }
  return null;
}

function like(sentence: Sentence, base: Sentence | undefined): Sentence {
  if (base === undefined) return { ...sentence, id: newSentence().id };
  const { text, inferences } = sentence;
  return {
    id: base.id,
    text,
    inferences,
    ...present("phase", base.phase),
    ...present("frames", base.frames),
    ...present("origin", base.origin),
  };
}
