import { expect, test } from "vitest";

import type { CaptionDocument, Phase, Sentence } from "./captionDocument";
import {
  findSentence,
  insertByPhase,
  insertSentence,
  listSentences,
  mapSentence,
  moveSentence,
  newSentence,
  removeSentence,
  setFrameEdge,
  uncoveredRanges,
} from "./documentEdits";

function sentence(id: string, phase: Phase | null = null): Sentence {
  return { id, text: `${id}.`, inferences: [], phase };
}

const document: CaptionDocument = {
  schema: 1,
  external_attributes: [sentence("s1")],
  facial_changes: [sentence("s2", "beginning"), sentence("s3", "middle"), sentence("s4", "end")],
  summary: sentence("s9"),
};

function changes(result: CaptionDocument): string[] {
  return result.facial_changes.map(({ id }) => id);
}

test("sentences are listed in the order of reading", () => {
  expect(listSentences(document).map(({ id }) => id)).toEqual(["s1", "s2", "s3", "s4", "s9"]);
});

test("a sentence is found with its part", () => {
  expect(findSentence(document, "s3")?.part).toBe("facial_changes");
  expect(findSentence(document, "s9")?.part).toBe("summary");
  expect(findSentence(document, "s5")).toBeNull();
});

test("one sentence changes and the others stay the same objects", () => {
  const result = mapSentence(document, "s3", (each) => ({ ...each, text: "New." }));
  expect(result.facial_changes[1]?.text).toBe("New.");
  expect(result.facial_changes[0]).toBe(document.facial_changes[0]);
  expect(mapSentence(document, "s9", (each) => ({ ...each, text: "S." })).summary?.text).toBe("S.");
  expect(mapSentence(document, "absent", (each) => each)).toBe(document);
});

test("a new sentence goes behind another, or to the end", () => {
  const added = sentence("s5");
  expect(changes(insertSentence(document, "facial_changes", added, "s2"))).toEqual([
    "s2",
    "s5",
    "s3",
    "s4",
  ]);
  expect(changes(insertSentence(document, "facial_changes", added)).at(-1)).toBe("s5");
});

test.each<[Phase | null, string[]]>([
  ["beginning", ["s2", "s5", "s3", "s4"]],
  ["progress", ["s2", "s5", "s3", "s4"]],
  ["middle", ["s2", "s3", "s5", "s4"]],
  ["throughout", ["s2", "s3", "s4", "s5"]],
  [null, ["s2", "s3", "s4", "s5"]],
])("a draft sentence of phase %s goes where it belongs", (phase, order) => {
  expect(changes(insertByPhase(document, sentence("s5", phase)))).toEqual(order);
});

test("an early sentence goes in front of later ones", () => {
  const late = { ...document, facial_changes: [sentence("s4", "end")] };
  expect(changes(insertByPhase(late, sentence("s5", "beginning")))).toEqual(["s5", "s4"]);
});

test("sentences are removed from every part", () => {
  expect(changes(removeSentence(document, "s3"))).toEqual(["s2", "s4"]);
  expect(removeSentence(document, "s1").external_attributes).toEqual([]);
  expect(removeSentence(document, "s9").summary).toBeNull();
  expect(removeSentence(document, "absent")).toBe(document);
});

test("a sentence moves within its part and stops at its ends", () => {
  expect(changes(moveSentence(document, "s3", -1))).toEqual(["s3", "s2", "s4"]);
  expect(changes(moveSentence(document, "s3", 1))).toEqual(["s2", "s4", "s3"]);
  expect(moveSentence(document, "s2", -1)).toBe(document);
  expect(moveSentence(document, "s4", 1)).toBe(document);
  expect(moveSentence(document, "s9", 1)).toBe(document);
});

test("new sentences have ids of their own", () => {
  const ids = Array.from({ length: 50 }, () => newSentence().id);
  expect(new Set(ids).size).toBe(50);
  expect(ids[0]).toMatch(/^s[0-9a-f]{12}$/);
});

test.each([
  [null, "start", 7, [7, 98]],
  [null, "end", 7, [0, 8]],
  [[10, 20], "start", 12, [12, 20]],
  [[10, 20], "start", 30, [30, 98]],
  [[10, 20], "end", 15, [10, 16]],
  [[10, 20], "end", 4, [0, 5]],
] as const)("of %j the %s at frame %i makes %j", (frames, edge, frame, expected) => {
  expect(setFrameEdge(frames, edge, frame, 98)).toEqual(expected);
});

test.each([
  [[], [[0, 98]]],
  [[[0, 98]], []],
  [
    [
      [20, 40],
      [10, 30],
    ],
    [
      [0, 10],
      [40, 98],
    ],
  ],
  [
    [
      [0, 60],
      [10, 20],
    ],
    [[60, 98]],
  ],
] as [[number, number][], [number, number][]][])("ranges %j leave %j open", (ranges, open) => {
  const timed = ranges.map((frames, index) => ({ ...sentence(`s${index}`), frames }));
  expect(uncoveredRanges([...timed, sentence("untimed")], 98)).toEqual(open);
});
