import { beforeEach, expect, test, vi } from "vitest";

import type { CaptionDocument } from "./captionDocument";
import { insertSentence, mapSentence, removeSentence } from "./documentEdits";
import { WorkingDocument } from "./workingDocument";

const START: CaptionDocument = {
  schema: 1,
  external_attributes: [{ id: "s1", text: "A woman.", inferences: [] }],
  facial_changes: [{ id: "s2", text: "She smiles.", inferences: [] }],
  summary: null,
};

let working: WorkingDocument;

beforeEach(() => {
  working = new WorkingDocument(START);
});

function textOf(id: string): string | undefined {
  const { external_attributes, facial_changes } = working.current().document;
  return [...external_attributes, ...facial_changes].find((each) => each.id === id)?.text;
}

function type(id: string, text: string): void {
  working.typeText(id, { text, inferences: [] });
}

test("one run of typing is one step back, another sentence begins the next", () => {
  type("s1", "A young");
  type("s1", "A young woman.");
  type("s2", "She frowns.");
  working.undo();
  expect(textOf("s2")).toBe("She smiles.");
  expect(textOf("s1")).toBe("A young woman.");
  working.undo();
  expect(textOf("s1")).toBe("A woman.");
  expect(working.current().canUndo).toBe(false);
});

test("a structural change is a step of its own and comes back", () => {
  working.change((document) => removeSentence(document, "s2"));
  expect(textOf("s2")).toBeUndefined();
  working.undo();
  expect(textOf("s2")).toBe("She smiles.");
  working.redo();
  expect(textOf("s2")).toBeUndefined();
});

test("typing after a structural change is not swallowed by its step", () => {
  type("s1", "One");
  working.change((document) => removeSentence(document, "s2"));
  type("s1", "One two");
  working.undo();
  expect(textOf("s1")).toBe("One");
});

test("a new change forgets what was undone", () => {
  type("s1", "One");
  working.undo();
  type("s1", "Two");
  expect(working.current().canRedo).toBe(false);
  working.redo();
  expect(textOf("s1")).toBe("Two");
});

test("an editor is made anew only when its text changed from elsewhere", () => {
  type("s1", "One");
  expect(working.textVersion("s1")).toBe(0);
  working.undo();
  expect(working.textVersion("s1")).toBe(1);
  expect(working.textVersion("s2")).toBe(0);
  working.change((document) => mapSentence(document, "s2", (each) => ({ ...each, phase: "end" })));
  expect(working.textVersion("s2")).toBe(0);
});

test("a change that changes nothing is no step", () => {
  working.change((document) => document);
  expect(working.current().canUndo).toBe(false);
});

test("selection follows what is inserted and falls back when it is removed", () => {
  const added = { id: "s3", text: "", inferences: [] };
  working.change((document) => insertSentence(document, "facial_changes", added), "s3");
  expect(working.current().selectedId).toBe("s3");
  expect(working.selected()?.part).toBe("facial_changes");
  working.change((document) => removeSentence(document, "s3"));
  expect(working.current().selectedId).toBe("s1");
});

test("the next and previous sentence stop at the ends", () => {
  working.selectNext(1);
  working.selectNext(1);
  expect(working.current().selectedId).toBe("s2");
  working.selectNext(-5);
  expect(working.current().selectedId).toBe("s1");
  working.select(null);
  expect(working.selected()).toBeNull();
  working.selectNext(1);
  expect(working.current().selectedId).toBe("s1");
});

test("another text begins without a history", () => {
  type("s1", "One");
  working.replace(START);
  expect(textOf("s1")).toBe("A woman.");
  expect(working.current()).toMatchObject({ canUndo: false, canRedo: false });
});

test("listeners hear of changes until they leave", () => {
  const listener = vi.fn();
  const leave = working.subscribe(listener);
  type("s1", "One");
  working.select("s1");
  expect(listener).toHaveBeenCalledOnce();
  leave();
  type("s1", "Two");
  expect(listener).toHaveBeenCalledOnce();
});
