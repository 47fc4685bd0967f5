import { beforeEach, describe, expect, test } from "vitest";

import type { CaptionDocument, Sentence } from "./captionDocument";
import { mapSentence } from "./documentEdits";
import type { Pick, Source } from "./picks";
import { ReviewDesk } from "./reviewDesk";
import type { ReviewRow } from "./rowDecisions";

function says(id: string, text: string, content: Partial<Sentence> = {}): Sentence {
  return { id, text, inferences: [], ...content };
}

function caption(...changes: Sentence[]): CaptionDocument {
  return { schema: 1, external_attributes: [], facial_changes: changes, summary: null };
}

const SOURCES: Source[] = [
  {
    kind: "annotation",
    uid: "ua",
    label: "A",
    document: caption(says("a1", "Brows rise."), says("a2", "Eyes close."), says("a3", "A smile.")),
  },
  {
    kind: "annotation",
    uid: "ub",
    label: "B",
    document: caption(says("b1", "Brows rise slightly."), says("b3", "A wide smile.")),
  },
  { kind: "draft", uid: "dx", label: "X", document: caption(says("x1", "He nods.")) },
];

let desk: ReviewDesk;
beforeEach(() => {
  desk = new ReviewDesk({ sources: SOURCES, document: caption() });
});

function row(id: string): ReviewRow {
  const found = desk.rows.find(({ cells }) => cells.some((cell) => cell?.id === id));
  if (found === undefined) throw new Error(`No row has ${id}.`);
  return found;
}

const texts = () => desk.text.document.facial_changes.map(({ text }) => text);
const actions = () => desk.text.picks.map(({ action }) => action);

function type(id: string, text: string): void {
  desk.working.typeText(id, { text, inferences: [] });
}

test("sentences are put in the order of the rows, whenever they are taken", () => {
  desk.take(row("a3"), 1);
  desk.take(row("a1"), 0);
  desk.take(row("a2"), 0);
  expect(texts()).toEqual(["Brows rise.", "Eyes close.", "A wide smile."]);
});

test("taking another column replaces the text and keeps the sentence", () => {
  desk.take(row("a1"), 0);
  const before = desk.text.document.facial_changes[0]?.id;
  desk.take(row("a1"), 1);
  expect(desk.text.document.facial_changes).toMatchObject([
    { id: before, text: "Brows rise slightly.", origin: { uid: "ub", sentence: "b1" } },
  ]);
  expect(desk.text.picks[1]).toMatchObject({ text_before: "Brows rise." });
});

test("a column is merged once; into nothing, it is taken", () => {
  desk.merge(row("a1"), 0);
  desk.merge(row("a1"), 1);
  desk.merge(row("a1"), 1);
  desk.merge(row("a1"), 0);
  expect(texts()).toEqual(["Brows rise. Brows rise slightly."]);
  expect(actions()).toEqual(["take", "merge"]);
});

describe("what is open", () => {
  const open = () => desk.current().open.map(({ cells }) => cells[0]?.id);

  test("every row of the annotations until it is taken or left out; never a draft's", () => {
    expect(open()).toEqual(["a1", "a2", "a3"]);
    desk.take(row("a1"), 1);
    desk.drop(row("a2"), "Nobody else saw it.");
    expect(open()).toEqual(["a3"]);
    expect(desk.current().decisions.get(row("a2").id)?.isDropped).toBe(true);
  });

  test("is read again out of origins and picks", () => {
    desk.take(row("a1"), 0);
    desk.merge(row("a1"), 1);
    desk.drop(row("a2"), "");
    const { document, picks } = desk.text;
    const served: readonly Pick[] = desk.toSend(picks);
    desk = new ReviewDesk({ sources: SOURCES, document, picks: served });
    expect(open()).toEqual(["a3"]);
    const [final] = document.facial_changes;
    expect(final && desk.labelOf(final)).toBe("A + B");
    desk = new ReviewDesk({ sources: SOURCES, document });
    expect(open()).toEqual(["a2", "a3"]);
    expect(final && desk.labelOf(final)).toBe("A");
  });
});

describe("undo", () => {
  test("takes back the last choice only, and leaves what was typed elsewhere", () => {
    desk.take(row("a1"), 0);
    desk.take(row("a3"), 0);
    const first = desk.text.document.facial_changes[0]?.id ?? "";
    type(first, "The brows rise.");
    desk.undoPick();
    expect(texts()).toEqual(["The brows rise."]);
  });

  test("brings a left-out sentence back to its place", () => {
    for (const id of ["a1", "a2", "a3"]) desk.take(row(id), 0);
    desk.drop(row("a2"), "");
    expect(texts()).toEqual(["Brows rise.", "A smile."]);
    desk.undoPick();
    expect(texts()).toEqual(["Brows rise.", "Eyes close.", "A smile."]);
    expect(actions()).toEqual(["take", "take", "take"]);
  });
});

describe("what was typed goes on record", () => {
  test("as one edit with its sources, however many keys it took", () => {
    desk.take(row("a1"), 0);
    const id = desk.text.document.facial_changes[0]?.id ?? "";
    type(id, "Brows");
    type(id, "Brows rise high.");
    desk.settleTyping();
    desk.settleTyping();
    expect(desk.text.picks.slice(1)).toMatchObject([
      {
        action: "edit",
        sentence: id,
        text_before: "Brows rise.",
        text_after: "Brows rise high.",
        sources: [{ kind: "annotation", uid: "ua", sentence: "a1" }],
      },
    ]);
  });

  test("added and removed sentences too; empty ones say nothing", () => {
    desk.working.change(() => caption(says("n1", "New."), says("n2", " ")));
    desk.settleTyping();
    desk.working.change(() => caption());
    desk.settleTyping();
    expect(actions()).toEqual(["write", "drop", "drop"]);
  });

  test("writing a row in one's own words decides it", () => {
    const id = desk.openToEdit(row("a2"));
    type(id, "Both eyes close.");
    desk.settleTyping();
    expect(desk.current().decisions.get(row("a2").id)?.final?.text).toBe("Both eyes close.");
    expect(actions()).toEqual(["write", "edit"]);
    expect(desk.openToEdit(row("a2"))).toBe(id);
  });
});

describe("what is sent", () => {
  test("a stored pick is not sent again", () => {
    desk.take(row("a1"), 0);
    const first = desk.text.picks;
    desk.take(row("a3"), 0);
    desk.stored(first);
    expect(actions()).toEqual(["take"]);
    expect(desk.toSend([...first, ...desk.text.picks])).toHaveLength(1);
    expect(desk.toSend(desk.text.picks)[0]).not.toHaveProperty("key");
  });

  test("unsent picks of an earlier page come back, those the server has do not", () => {
    desk.take(row("a1"), 0);
    const [kept] = desk.text.picks;
    desk.take(row("a3"), 0);
    const { document, picks } = desk.text;
    desk = new ReviewDesk({ sources: SOURCES, document: caption(), picks: kept ? [kept] : [] });
    desk.replace({ document, picks });
    expect(desk.text.picks.map(({ text_after }) => text_after)).toEqual(["A smile."]);
    expect(texts()).toEqual(["Brows rise.", "A smile."]);
  });
});

describe("two results", () => {
  const first = caption(says("s1", "Brows rise."), says("s2", "The left eye closes."));
  const second = mapSentence(first, "s2", (sentence) => ({
    ...sentence,
    text: "The right eye closes.",
  }));
  const results: Source[] = [
    { kind: "consolidation", uid: "one", label: "R1", document: first },
    { kind: "consolidation", uid: "two", label: "R2", document: second },
  ];

  test("every sentence says which result it stands for", () => {
    desk = new ReviewDesk({ sources: results, document: first });
    expect(first.facial_changes.map((sentence) => desk.labelOf(sentence))).toEqual([
      "R1 + R2",
      "R1",
    ]);
    expect(desk.current().open).toEqual([]);
  });

  test("a taken sentence keeps the id, so that it is known again after a reload", () => {
    desk = new ReviewDesk({ sources: results, document: first });
    desk.take(row("s2"), 1);
    const { document } = desk.text;
    expect(document.facial_changes[1]).toMatchObject({ id: "s2", text: "The right eye closes." });
    desk = new ReviewDesk({ sources: results, document });
    expect(document.facial_changes.map((sentence) => desk.labelOf(sentence))).toEqual([
      "R1 + R2",
      "R2",
    ]);
  });
});

test("rows are gone through in their order, and no further than the ends", () => {
  const { rows } = desk;
  const selected = () => rows.findIndex(({ id }) => id === desk.current().selectedId);
  desk.selectNext(-1, rows);
  expect(selected()).toBe(0);
  for (let step = 0; step < 9; step += 1) desk.selectNext(1, rows);
  expect(selected()).toBe(rows.length - 1);
  desk.selectNext(-1, desk.current().open);
  expect(desk.selected()?.cells[0]?.id).not.toBeUndefined();
});

test("accepting what all agree on takes the first wording of the open rows", () => {
  desk.drop(row("a1"), "");
  desk.acceptAgreed();
  expect(texts()).toEqual(["A smile."]);
});
