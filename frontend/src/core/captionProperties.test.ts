import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type CaptionDocument, type InferenceSpan, PHASES, type Sentence } from "./captionDocument";
import { diffWords } from "./captionDifferences";
import { editText, present, tidySpans } from "./captionEditing";
import { toMarked } from "./captionMarked";
import { parseMarked } from "./captionMarkedReading";
import { parseCaption } from "./captionParsing";
import { strippedSentence } from "./captionStripping";
import { isBlankText, pointsOf } from "./captionText";

const ODD = Array.from("abZé.!?…,;:—-[]|\\()\"'“”’ 　　。，她笑😀\u0301\u200fאبß1");
const oddText = fc.string({ unit: fc.constantFrom(...ODD), minLength: 1, maxLength: 40 });

/** Spans between cut places: in order and apart, over more than white space. */
function spansAt(text: string, cuts: number[], replacement: string): InferenceSpan[] {
  const points = pointsOf(text);
  const places = [...new Set(cuts.map((cut) => cut % (points.length + 1)))].sort((a, b) => a - b);
  const spans = places.flatMap((start, index) => {
    const end = places[index + 1];
    if (index % 2 === 1 || end === undefined) return [];
    return [{ start, end, ...present("replacement", replacement === "" ? null : replacement) }];
  });
  return tidySpans(spans, points);
}

const content = fc
  .record({
    text: oddText.filter((text) => !isBlankText(text)),
    cuts: fc.array(fc.nat(40), { maxLength: 6 }),
    replacement: fc.constantFrom("", "smiles", "a|b]"),
    phase: fc.constantFrom(null, ...PHASES),
  })
  .map(({ text, cuts, replacement, phase }) => ({
    text,
    inferences: spansAt(text, cuts, replacement),
    ...present("phase", phase),
  }));

const documents = fc
  .tuple(fc.array(content, { maxLength: 4 }), fc.array(content, { maxLength: 4 }))
  .map(([attributes, changes]): CaptionDocument => {
    const named = (prefix: string) => (sentence: Omit<Sentence, "id">, index: number) => ({
      id: `${prefix}${index}`,
      ...sentence,
    });
    return {
      schema: 1,
      external_attributes: attributes.map(named("a")),
      facial_changes: changes.map(named("c")),
      summary: null,
    };
  });

const letters = (text: string) =>
  text
    .match(/[\p{L}\p{N}]/gu)
    ?.join("")
    .toLowerCase() ?? "";

describe("every caption document", () => {
  it("comes back out of JSON and of marked text", () => {
    fc.assert(
      fc.property(documents, (document) => {
        expect(parseCaption(JSON.parse(JSON.stringify(document)))).toEqual(document);
        expect(parseMarked(toMarked(document), document)).toEqual(document);
      }),
    );
  });

  it("keeps what is not marked, and only that, when it is stripped", () => {
    fc.assert(
      fc.property(content, ({ text, inferences }) => {
        const spans = inferences.map(({ start, end }) => ({ start, end }));
        const kept = pointsOf(text).filter(
          (_, index) => !spans.some(({ start, end }) => start <= index && index < end),
        );
        const stripped = strippedSentence({ id: "s1", text, inferences: spans });
        expect(letters(stripped)).toBe(letters(kept.join("")));
      }),
    );
  });

  it("stays well formed under any edit", () => {
    fc.assert(
      fc.property(content, fc.nat(40), fc.nat(40), oddText, (sentence, one, other, typed) => {
        const length = pointsOf(sentence.text).length;
        const [start = 0, end = 0] = [one, other]
          .map((place) => Math.min(place, length))
          .sort((a, b) => a - b);
        const edited = editText({ id: "s1", ...sentence }, start, end, typed);
        const document = { schema: 1, external_attributes: [], facial_changes: [edited] };
        expect(parseCaption(document).facial_changes).toEqual([edited]);
      }),
    );
  });

  it("differs from another by pieces that hold both", () => {
    fc.assert(
      fc.property(oddText, oddText, (before, after) => {
        const changes = diffWords(before, after);
        const without = (left: string) =>
          changes.flatMap(([change, text]) => (change === left ? [] : [text])).join("");
        expect(without("insert")).toBe(before);
        expect(without("delete")).toBe(after);
      }),
    );
  });
});
