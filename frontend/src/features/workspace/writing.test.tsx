import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { DRAFT, makeAssignment } from "@/testing/assignments";
import { change, isSaved, openWorkspace, saveNow } from "@/testing/workspace";

test("a pasted text is saved by itself, as one line", async () => {
  const { person, held } = await openWorkspace();
  await person.click(screen.getByRole("button", { name: "Write the summary" }));
  await person.click(screen.getByRole("textbox", { name: "Summary" }));
  await person.paste("A man\nfrowns.");
  await isSaved();
  expect(held.document.summary?.text).toBe("A man frowns.");
});

test("a sentence that is added has the caret before the next frame is drawn", async () => {
  const { person } = await openWorkspace();
  vi.spyOn(window, "requestAnimationFrame").mockReturnValue(0);
  await person.click(screen.getByRole("button", { name: "Write the summary" }));
  expect(screen.getByRole("textbox", { name: "Summary" })).toHaveFocus();
});

test("a draft sentence is inserted where its phase belongs and remembers its origin", async () => {
  const { person, held } = await openWorkspace();
  const draft = screen.getByRole("region", { name: "Draft X" });
  await person.click(
    within(draft).getByRole("button", { name: "Insert: At the beginning he blinks." }),
  );
  expect(change(1)).toHaveTextContent("At the beginning he blinks.");
  expect(change(2)).toHaveTextContent("His brows fall.");
  expect(within(draft).getByText("Inserted")).toBeVisible();
  await saveNow(person);
  expect(held.document.facial_changes[0]).toMatchObject({
    phase: "beginning",
    origin: { kind: "draft", uid: "d1", sentence: "b2" },
  });
});

test("Ctrl+I marks the selected words as inference, and the preview leaves them out", async () => {
  const assignment = makeAssignment();
  assignment.document = { ...DRAFT };
  const { person, held } = await openWorkspace(assignment);
  await person.click(change(1));
  await person.keyboard("{Control>}a{/Control}{Control>}[KeyI]{/Control}");
  expect(change(1).querySelector("[data-inference]")).toHaveTextContent("he blinks");
  await saveNow(person);
  expect(held.document.facial_changes[0]?.inferences).toEqual([{ start: 0, end: 27 }]);
  const preview = screen.getByRole("region", { name: "Preview" });
  expect(preview).not.toHaveTextContent("he blinks");
  await person.click(within(preview).getByRole("radio", { name: "Marked" }));
  expect(preview).toHaveTextContent("[At the beginning he blinks.]");
});

test("Enter cuts a sentence at the caret, Backspace in front of it joins them again", async () => {
  const { person } = await openWorkspace();
  await person.click(change(1));
  await person.paste("He looks up.");
  await person.keyboard("{Enter}");
  expect(change(1).textContent).toBe("He looks up.");
  expect(change(2).textContent).toBe("His brows fall.");
  await waitFor(() => expect(change(2)).toHaveFocus());
  await person.keyboard("{Backspace}");
  expect(change(1).textContent).toBe("He looks up. His brows fall.");
  expect(screen.queryByRole("textbox", { name: "Facial change 2" })).not.toBeInTheDocument();
});

test("a removed sentence comes back with undo", async () => {
  const { person } = await openWorkspace();
  await person.click(screen.getByRole("button", { name: "Remove facial change 1" }));
  expect(screen.queryByRole("textbox", { name: "Facial change 1" })).not.toBeInTheDocument();
  await person.click(screen.getByRole("button", { name: "Undo" }));
  expect(change(1)).toHaveTextContent("His brows fall.");
});

test("drafts that wait for a first text come once it is saved, and the caret stays", async () => {
  const hidden = makeAssignment({ drafts: [], drafts_hidden_until_first_version: true });
  const { person, held } = await openWorkspace(hidden);
  expect(screen.getByText(/Write first; the drafts are shown/)).toBeVisible();
  held.drafts = [{ uid: "d1", label: "X", document: DRAFT }];
  held.drafts_hidden_until_first_version = false;
  await person.click(change(1));
  await person.paste("Then ");
  const editor = change(1);
  await saveNow(person);
  expect(await screen.findByRole("region", { name: "Draft X" })).toBeVisible();
  expect(change(1)).toBe(editor);
  expect(editor).toHaveFocus();
});
