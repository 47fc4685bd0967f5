import { getSchema } from "@tiptap/core";
import { Document } from "@tiptap/extension-document";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { readSentence, type SentenceText, writeSentence } from "./captionEditorDocument";
import { InferenceMark } from "./inferenceMark";

const schema = getSchema([Document, Paragraph, Text, InferenceMark]);

function throughEditor(sentence: SentenceText): SentenceText {
  return readSentence(schema.nodeFromJSON(writeSentence(sentence)));
}

describe("a sentence through the editor and back", () => {
  test.each<[string, SentenceText]>([
    ["is empty", { text: "", inferences: [] }],
    ["has no span", { text: "Her brows rise.", inferences: [] }],
    [
      "has spans at its start and end",
      {
        text: "Perhaps she smiles, as if glad",
        inferences: [
          { start: 0, end: 7 },
          { start: 18, end: 30 },
        ],
      },
    ],
    ["is one span", { text: "She is sad.", inferences: [{ start: 0, end: 11 }] }],
    ["counts emoji once", { text: "😀 she seems 👩‍👧 glad", inferences: [{ start: 6, end: 11 }] }],
    ["has combining characters", { text: "é é smiles", inferences: [{ start: 0, end: 2 }] }],
    ["has another script", { text: "她似乎很高兴。", inferences: [{ start: 1, end: 3 }] }],
    ["reads from right to left", { text: "היא מחייכת", inferences: [{ start: 4, end: 10 }] }],
    [
      "keeps a replacement",
      { text: "seems to smile", inferences: [{ start: 0, end: 14, replacement: "smiles" }] },
    ],
    [
      "keeps touching spans with different replacements apart",
      {
        text: "seems to smile",
        inferences: [
          { start: 0, end: 6 },
          { start: 6, end: 14, replacement: "smiles" },
        ],
      },
    ],
  ])("%s", (_fact, sentence) => {
    expect(throughEditor(sentence)).toEqual(sentence);
  });

  test("is the same for any text and any spans with words", () => {
    const words = fc.array(fc.tuple(fc.string({ unit: "grapheme", minLength: 1 }), fc.boolean()));
    fc.assert(
      fc.property(words, (runs) => {
        let text = "";
        const inferences: SentenceText["inferences"] = [];
        for (const [run, isInferred] of runs) {
          const start = Array.from(text).length;
          text += run;
          // A word of our own between the runs keeps spans from touching and from being blank.
          if (isInferred) inferences.push({ start, end: Array.from(`${text}x`).length });
          text += "x.";
        }
        expect(throughEditor({ text, inferences })).toEqual({ text, inferences });
      }),
    );
  });
});

describe("what the editor splits or blanks", () => {
  function read(...runs: [text: string, isInferred: boolean][]): SentenceText {
    const nodes = runs.map(([text, isInferred]) =>
      schema.text(text, isInferred ? [schema.mark("inference")] : []),
    );
    return readSentence(schema.node("doc", null, [schema.node("paragraph", null, nodes)]));
  }

  test("two runs that touch are one span", () => {
    expect(read(["she ", false], ["seems ", true], ["sad", true]).inferences).toEqual([
      { start: 4, end: 13 },
    ]);
  });

  test("a span of white space only is none", () => {
    expect(read(["sad", false], [" ", true], ["face", false]).inferences).toEqual([]);
  });
});
