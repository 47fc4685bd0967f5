import type { InferenceSpan, Sentence } from "./captionDocument";
import { newSentence } from "./documentEdits";

function cut(
  sentence: Sentence,
  start: number,
  end: number,
): Pick<Sentence, "text" | "inferences"> {
  const text = Array.from(sentence.text).slice(start, end).join("");
  const inferences = sentence.inferences
    .map((span) => ({
      ...span,
      start: Math.max(span.start, start) - start,
      end: Math.min(span.end, end) - start,
    }))
    .filter((span) => hasWords(text, span));
  return { text, inferences };
}

function hasWords(text: string, { start, end }: InferenceSpan): boolean {
  return start < end && Array.from(text).slice(start, end).join("").trim() !== "";
}

/** Cuts a sentence at a code point; the id stays on the first part, both keep time and origin. */
export function splitSentence(sentence: Sentence, at: number): [Sentence, Sentence] {
  const points = Array.from(sentence.text);
  const head = Array.from(points.slice(0, at).join("").trimEnd()).length;
  const gap = points.length - at - Array.from(points.slice(at).join("").trimStart()).length;
  return [
    { ...sentence, ...cut(sentence, 0, head) },
    newSentence({ ...sentence, ...cut(sentence, at + gap, points.length) }),
  ];
}

/** The first sentence goes on with the words of the second, with one space between. */
export function joinSentences(first: Sentence, second: Sentence): Sentence {
  const head = first.text.trimEnd();
  const tail = second.text.trimStart();
  const space = head !== "" && tail !== "" ? " " : "";
  const cutAway = Array.from(second.text).length - Array.from(tail).length;
  const shift = Array.from(head + space).length - cutAway;
  const moved = second.inferences.map((span) => ({
    ...span,
    start: Math.max(0, span.start + shift),
    end: span.end + shift,
  }));
  const text = head + space + tail;
  return {
    ...first,
    text,
    inferences: [...first.inferences, ...moved].filter((span) => hasWords(text, span)),
  };
}
