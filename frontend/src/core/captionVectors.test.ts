/** The vectors that annotation/captions passes too: tests/annotation/test_captions_vectors.py. */
import differences from "@vectors/differences.json";
import documents from "@vectors/documents.json";
import edits from "@vectors/edits.json";
import marked from "@vectors/marked.json";
import plain from "@vectors/plain.json";
import refusals from "@vectors/refusals.json";
import sentences from "@vectors/sentences.json";
import stripping from "@vectors/stripping.json";
import { describe, expect, it } from "vitest";

import type { CaptionDocument, Part, Sentence } from "./captionDocument";
import { diffWords, editDistance } from "./captionDifferences";
import { editText, joinSentences, splitSentence, toggleInference } from "./captionEditing";
import { toMarked, toMarkedPart } from "./captionMarked";
import { parseMarked, parseMarkedPart } from "./captionMarkedReading";
import { parseCaption } from "./captionParsing";
import { fromPlain } from "./captionPlain";
import { InvalidCaption } from "./captionProblems";
import { DATASET_PARTS, renderCaption, type RenderingMode } from "./captionRendering";
import { splitSentences } from "./captionSentences";
import { strippedSentence } from "./captionStripping";

const PARTS: readonly Part[] = [...DATASET_PARTS, "summary"];
// JSON modules widen their types; the Python side has checked these values.
const sentenceOf = (value: unknown): Sentence => value as Sentence;

function faultsOf(refused: () => unknown): unknown[] {
  try {
    refused();
  } catch (error) {
    if (!(error instanceof InvalidCaption)) throw error;
    return error.problems.map(({ field, code, offset }) => ({ field, code, offset }));
  }
  return ["not refused"];
}

function withoutId(sentence: Sentence): Partial<Sentence> {
  const content: Partial<Sentence> = { ...sentence };
  delete content.id;
  return content;
}

describe("caption vectors", () => {
  it.each(sentences)("splits into sentences: $text", ({ text, sentences: expected }) => {
    expect(splitSentences(text)).toEqual(expected);
  });

  it.each(documents)("reads, writes and renders a document", (vector) => {
    const document = parseCaption(vector.document);
    expect(document).toEqual(vector.document);
    for (const [mode, text] of Object.entries(vector.renderings)) {
      expect(renderCaption(document, mode as RenderingMode)).toBe(text);
    }
    expect(renderCaption(document, "stripped", PARTS)).toBe(vector.all_parts_stripped);
    expect(toMarked(document)).toBe(vector.marked_text);
  });

  it.each(stripping)("strips $marked", ({ marked: text, stripped }) => {
    expect(parseMarkedPart(text).map(strippedSentence)).toEqual([stripped]);
  });

  it.each(marked.parts)("reads and writes marked sentences: $marked", (vector) => {
    const found = parseMarkedPart(vector.marked);
    expect(found.map(withoutId)).toEqual(vector.sentences);
    expect(toMarkedPart(found)).toBe(vector.written);
  });

  it.each(marked.documents)("reads and writes a marked document: $marked", (vector) => {
    const document = parseMarked(vector.marked);
    expect(document).toEqual(vector.document);
    expect(toMarked(document)).toBe(vector.written);
    expect(parseMarked(vector.written, document)).toEqual(document);
  });

  it.each(plain)("divides a plain caption: $text", ({ text, document }) => {
    expect(fromPlain(text)).toEqual(document);
  });

  it.each(refusals.marked)("refuses broken marks: $marked", ({ marked: text, errors }) => {
    expect(faultsOf(() => parseMarked(text))).toEqual(errors);
  });

  it.each(refusals.documents)("refuses a malformed document: $errors", ({ document, errors }) => {
    expect(faultsOf(() => parseCaption(document))).toEqual(errors);
  });

  it.each(edits.edits)("edits text: $start to $end", (vector) => {
    const { sentence, start, end, replacement, result } = vector;
    expect(editText(sentenceOf(sentence), start, end, replacement)).toEqual(result);
  });

  it.each(edits.splits)("splits a sentence at $at", ({ sentence, at, parts }) => {
    expect(splitSentence(sentenceOf(sentence), at, "new")).toEqual(parts);
  });

  it.each(edits.joins)("joins two sentences", ({ first, second, result }) => {
    expect(joinSentences(sentenceOf(first), sentenceOf(second))).toEqual(result);
  });

  it.each(edits.toggles)("toggles a mark: $start to $end", ({ sentence, start, end, result }) => {
    expect(toggleInference(sentenceOf(sentence), start, end)).toEqual(result);
  });

  it.each(edits.refusals)("refuses an edit: $operation", (vector) => {
    const { operation, code, offset, at = 0, start = 0, end = 0 } = vector;
    const sentence = sentenceOf(vector.sentence);
    const operations: Record<string, () => unknown> = {
      split: () => splitSentence(sentence, at),
      edit: () => editText(sentence, start, end, ""),
      toggle: () => toggleInference(sentence, start, end),
    };
    expect(faultsOf(() => operations[operation]?.())).toEqual([{ field: "", code, offset }]);
  });

  it.each(differences)("compares $before", ({ before, after, diff, distance }) => {
    expect(diffWords(before, after)).toEqual(diff);
    expect(editDistance(before, after)).toBe(distance);
  });
});

describe("long captions", () => {
  it.each(["she smiles ", "😀", "é ", "((((", "...."])("reads ten thousand of %s", (unit) => {
    const text = Array.from(unit.repeat(10_000)).slice(0, 10_000).join("");
    const document: CaptionDocument = fromPlain(text);
    expect(parseMarked(toMarked(document), document)).toEqual(document);
    expect(renderCaption(document, "stripped")).toBe(renderCaption(document, "full"));
  });
});
