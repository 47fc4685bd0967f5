import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { CaptionDocument, Phase, Sentence } from "./captionDocument";
import { PHASES } from "./captionDocument";
import { listSentences } from "./documentEdits";
import { alignRows } from "./rowAlignment";

function says(id: string, text: string, content: Partial<Sentence> = {}): Sentence {
  return { id, text, inferences: [], ...content };
}

function changes(...sentences: Sentence[]): CaptionDocument {
  return { schema: 1, external_attributes: [], facial_changes: sentences, summary: null };
}

/** The ids of every row, a dash where a column says nothing. */
function idsOf(documents: readonly CaptionDocument[]): string[] {
  return alignRows(documents).map(({ cells }) => cells.map((cell) => cell?.id ?? "-").join(" "));
}

describe("sentences that stand side by side", () => {
  test("the same words", () => {
    const one = changes(says("a1", "Her brows rise."), says("a2", "She smiles."));
    const other = changes(says("b1", "Her brows rise."), says("b2", "She smiles."));
    expect(idsOf([one, other])).toEqual(["a1 b1", "a2 b2"]);
  });

  test("other forms of the same words", () => {
    const one = changes(says("a1", "The brows are rising slightly."));
    const other = changes(says("b1", "Her brow rises slightly."));
    expect(idsOf([one, other])).toEqual(["a1 b1"]);
  });

  test("opposite sides of the same event, to be seen as a conflict", () => {
    const one = changes(says("a1", "His left eye closes."));
    const other = changes(says("b1", "His right eye closes."));
    expect(idsOf([one, other])).toEqual(["a1 b1"]);
  });

  test("other words at the same frames and phase", () => {
    const at = { phase: "end", frames: [4, 9] } as const;
    const one = changes(says("a1", "The mouth opens.", { ...at, frames: [4, 9] }));
    const other = changes(says("b1", "Her lips part.", { ...at, frames: [4, 9] }));
    expect(idsOf([one, other])).toEqual(["a1 b1"]);
  });

  test("all summaries, however they differ", () => {
    const one = { ...changes(), summary: says("a1", "A woman laughs.") };
    const other = { ...changes(), summary: says("b1", "Grief.") };
    expect(idsOf([one, changes(), other])).toEqual(["a1 - b1"]);
  });
});

describe("sentences that stand alone", () => {
  test("other words, though the phase is the same", () => {
    const one = changes(says("a1", "The mouth opens.", { phase: "end" }));
    const other = changes(says("b1", "He blinks.", { phase: "end" }));
    expect(idsOf([one, other])).toEqual(["a1 -", "- b1"]);
  });

  test("the same words of another part", () => {
    const one = changes(says("a1", "She smiles."));
    const other = { ...changes(), external_attributes: [says("b1", "She smiles.")] };
    expect(idsOf([one, other])).toEqual(["- b1", "a1 -"]);
  });

  test("what would have to cross: order is kept", () => {
    const one = changes(says("a1", "Her brows rise."), says("a2", "She smiles widely."));
    const other = changes(says("b1", "She smiles widely."), says("b2", "Her brows rise."));
    const rows = idsOf([one, other]);
    expect(rows).toHaveLength(3);
    expect(rows.filter((row) => !row.includes("-"))).toHaveLength(1);
  });

  test("an extra sentence is placed by its phase", () => {
    const one = changes(
      says("a1", "Her brows rise.", { phase: "beginning" }),
      says("a2", "She smiles.", { phase: "end" }),
    );
    const other = changes(says("b1", "He blinks twice.", { phase: "middle" }));
    expect(idsOf([one, other])).toEqual(["a1 -", "- b1", "a2 -"]);
  });

  test("an extra sentence is placed by its frames where both have them", () => {
    const one = changes(
      says("a1", "Her brows rise.", { frames: [0, 3] }),
      says("a2", "She smiles.", { frames: [8, 9] }),
    );
    const other = changes(says("b1", "He blinks twice.", { frames: [4, 5] }));
    expect(idsOf([one, other])).toEqual(["a1 -", "- b1", "a2 -"]);
  });

  test("an extra sentence does not pass the partner of a later one", () => {
    const one = changes(says("a1", "Her brows rise."), says("a2", "She smiles."));
    const other = changes(says("b1", "He blinks twice."), says("b2", "Her brows rise."));
    expect(idsOf([one, other])).toEqual(["- b1", "a1 b2", "a2 -"]);
  });
});

test("a third column joins what the first two share, or either of them", () => {
  const one = changes(says("a1", "Her brows rise."), says("a2", "She smiles."));
  const other = changes(says("b1", "Her brows rise."));
  const third = changes(says("c1", "Her brows rise a little."), says("c2", "She smiles a bit."));
  expect(idsOf([one, other, third])).toEqual(["a1 b1 c1", "a2 - c2"]);
});

test("empty columns stay in place", () => {
  const one = changes(says("a1", "She smiles."));
  expect(idsOf([changes(), one, changes()])).toEqual(["- a1 -"]);
  expect(idsOf([])).toEqual([]);
  expect(idsOf([changes(), changes()])).toEqual([]);
});

const words = fc.constantFrom("brow", "eye", "smile", "left", "right", "rise", "close", "lips");
const sentenceContent = fc.record({
  text: fc.array(words, { maxLength: 4 }).map((chosen) => chosen.join(" ")),
  phase: fc.constantFrom<Phase | null>(null, ...PHASES),
  frames: fc.constantFrom<[number, number] | null>(null, [0, 4], [2, 9], [5, 6]),
});
const columns = fc
  .array(
    fc.record({
      external_attributes: fc.array(sentenceContent, { maxLength: 4 }),
      facial_changes: fc.array(sentenceContent, { maxLength: 6 }),
      summary: fc.option(sentenceContent),
    }),
    { maxLength: 5 },
  )
  .map((documents) =>
    documents.map((document, column): CaptionDocument => {
      let count = 0;
      const named = (content: Omit<Sentence, "id" | "inferences">): Sentence => ({
        ...content,
        id: `${column}.${count++}`,
        inferences: [],
      });
      return {
        schema: 1,
        external_attributes: document.external_attributes.map(named),
        facial_changes: document.facial_changes.map(named),
        summary: document.summary === null ? null : named(document.summary),
      };
    }),
  );

describe("whatever the captions say", () => {
  test("each column reads down as its caption does: nothing lost, doubled or moved", () => {
    fc.assert(
      fc.property(columns, (documents) => {
        const rows = alignRows(documents);
        documents.forEach((document, column) => {
          const down = rows.flatMap(({ cells }) => cells[column] ?? []);
          expect(down).toEqual(listSentences(document));
        });
      }),
    );
  });

  test("every row is as wide as there are columns, says something, and has a name of its own", () => {
    fc.assert(
      fc.property(columns, (documents) => {
        const rows = alignRows(documents);
        for (const { cells } of rows) {
          expect(cells).toHaveLength(documents.length);
          expect(cells.some((cell) => cell !== null)).toBe(true);
        }
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      }),
    );
  });

  test("a caption beside itself stands row by row", () => {
    fc.assert(
      fc.property(columns, ([document]) => {
        if (document === undefined) return;
        const known = listSentences(document).filter(({ text }) => text !== "");
        const rows = alignRows([document, document]);
        for (const { cells } of rows) {
          if (known.some(({ id }) => id === cells[0]?.id))
            expect(cells[1]?.text).toBe(cells[0]?.text);
        }
      }),
    );
  });
});
