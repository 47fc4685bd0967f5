import type { JSONContent } from "@tiptap/core";
import type { Node as EditorNode } from "@tiptap/pm/model";

import type { InferenceSpan, Sentence } from "./captionDocument";

/** What one editor holds: a sentence's words and the spans that were inferred. */
export type SentenceText = Pick<Sentence, "text" | "inferences">;

function textNode(text: string, span?: InferenceSpan): JSONContent[] {
  if (text === "") return [];
  if (span === undefined) return [{ type: "text", text }];
  const attrs = { replacement: span.replacement ?? "" };
  return [{ type: "text", text, marks: [{ type: "inference", attrs }] }];
}

/** The editor document of a sentence: one paragraph, spans as marks. */
export function writeSentence({ text, inferences }: SentenceText): JSONContent {
  const points = Array.from(text);
  const content: JSONContent[] = [];
  let at = 0;
  for (const span of inferences) {
    content.push(...textNode(points.slice(at, span.start).join("")));
    content.push(...textNode(points.slice(span.start, span.end).join(""), span));
    at = span.end;
  }
  content.push(...textNode(points.slice(at).join("")));
  return { type: "doc", content: [{ type: "paragraph", content }] };
}

function replacementOf(node: EditorNode): string | null {
  const mark = node.marks.find(({ type }) => type.name === "inference");
  if (mark === undefined) return null;
  const replacement: unknown = mark.attrs.replacement;
  return typeof replacement === "string" ? replacement : "";
}

function spanFrom(start: number, end: number, replacement: string): InferenceSpan {
  return replacement === "" ? { start, end } : { start, end, replacement };
}

/** Reads a sentence out of an editor document. Offsets count Unicode code points. */
export function readSentence(doc: EditorNode): SentenceText {
  let text = "";
  let length = 0;
  const spans: InferenceSpan[] = [];
  doc.descendants((node) => {
    if (!node.isText) return;
    const chunk = node.text ?? "";
    const start = length;
    text += chunk;
    length += Array.from(chunk).length;
    const replacement = replacementOf(node);
    if (replacement === null) return;
    const last = spans.at(-1);
    // Two runs that touch are one span, however the editor split its text nodes.
    if (last?.end === start && (last.replacement ?? "") === replacement) last.end = length;
    else spans.push(spanFrom(start, length, replacement));
  });
  const points = Array.from(text);
  // The server refuses a span that covers only white space.
  const inferences = spans.filter(
    ({ start, end }) => points.slice(start, end).join("").trim() !== "",
  );
  return { text, inferences };
}
