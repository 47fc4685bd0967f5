import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import type { TemplateCandidate } from "@/api/templates";
import { shownCandidates } from "./candidateOrder";
import { readTemplates } from "./readTemplates";
import { serveChange, serveRows, signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";

const FIRST: TemplateCandidate = {
  uid: "c1",
  text: "What moves in the face?",
  origin: "typed",
  choice: "open",
  by_letters: { uid: "c2", text: "What moves in this face?", likeness: 0.8, is_near: true },
  by_meaning: null,
};
const SECOND: TemplateCandidate = {
  ...FIRST,
  uid: "c2",
  text: "What moves in this face?",
  choice: "kept",
  by_letters: { uid: "c1", text: FIRST.text, likeness: 0.8, is_near: true },
};
const THIRD: TemplateCandidate = { ...FIRST, uid: "c3", text: "Who is it?", by_letters: null };

function openTemplates() {
  signedInWith("ml");
  serveRows("/api/v1/projects/3/template-candidates", [THIRD, FIRST, SECOND]);
  serveRows("/api/v1/projects/3/models", []);
  serveRows("/api/v1/instruction-sets", []);
  return openApp("/projects/3/datasets/templates");
}

test("candidates are kept and dropped by key, one after the other", async () => {
  const kept = serveChange("patch", "/api/v1/template-candidates/c3");
  const dropped = serveChange("patch", "/api/v1/template-candidates/c1");
  const { person } = openTemplates();
  const rows = within(await screen.findByRole("list", { name: "Candidates" }));
  const [first, second] = rows.getAllByRole("listitem");
  first?.focus();
  await person.keyboard("k");
  expect(second).toHaveFocus();
  await person.keyboard("d");
  await expect
    .poll(() => [kept.sent, dropped.sent])
    .toEqual([[{ choice: "kept" }], [{ choice: "dropped" }]]);
  expect(screen.getByText("2 kept, 0 open")).toBeVisible();
  expect(screen.getByText(/Much like “What moves in this face\?” \(letters 80 %\)/)).toBeVisible();
});

test("what is kept is made into a set", async () => {
  const made = serveChange(
    "post",
    "/api/v1/projects/3/instruction-sets",
    { uid: "s1", name: "Ours", version: 2, templates: [SECOND.text] },
    201,
  );
  const { person } = openTemplates();
  await person.click(await screen.findByRole("button", { name: "Make a set of 1" }));
  expect(await screen.findByText(/Ours, version 2, is made/)).toBeVisible();
  expect(made.sent).toEqual([{ name: "Ours" }]);
});

test("typed lines are added and what was there is told", async () => {
  const added = serveChange(
    "post",
    "/api/v1/projects/3/template-candidates",
    { added: 1, known: 1 },
    201,
  );
  const { person } = openTemplates();
  await person.type(await screen.findByLabelText("Templates"), "One?{Enter}{Enter}Two?");
  await person.click(screen.getByRole("button", { name: "Add" }));
  expect(await screen.findByText("1 added, 1 were there already.")).toBeVisible();
  expect(added.sent).toEqual([{ texts: ["One?", "Two?"], origin: "typed" }]);
});

test("a JSON list and lines read alike", () => {
  expect(readTemplates('["One?", " Two? "]')).toEqual(["One?", "Two?"]);
  expect(readTemplates("One?\r\n\nTwo?")).toEqual(["One?", "Two?"]);
  expect(readTemplates("[not JSON")).toEqual(["[not JSON"]);
});

test("the most alike come first, and only what is sought", () => {
  const names = (sought: string, order: Parameters<typeof shownCandidates>[2]) =>
    shownCandidates([THIRD, FIRST, SECOND], sought, order).map(({ uid }) => uid);
  expect(names("", "letters")).toEqual(["c1", "c2", "c3"]);
  expect(names("", "choice")).toEqual(["c2", "c3", "c1"]);
  expect(names("THIS", "added")).toEqual(["c2"]);
});
