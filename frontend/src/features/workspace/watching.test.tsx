import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { change, openWorkspace, saveNow } from "@/testing/workspace";

test("keys step frames, and S and E time the chosen sentence", async () => {
  const { person, held } = await openWorkspace();
  await person.click(change(1));
  await person.keyboard("{Escape}[KeyS][Period]");
  expect(await screen.findByText(/^frame 1 \/ 3 · 0\.500 s · middle · 1×/)).toBeVisible();
  await person.keyboard("[Period]");
  expect(await screen.findByText(/^frame 2 \/ 3 · 1\.000 s/)).toBeVisible();
  await person.keyboard("[KeyE][Digit4]");
  await saveNow(person);
  expect(held.document.facial_changes[0]).toMatchObject({ frames: [0, 3], phase: "end" });
});

test("letters type while the caret is in a text, and Escape gives them back", async () => {
  const { person } = await openWorkspace();
  await person.click(change(1));
  expect(screen.getByText(/Typing/)).toBeVisible();
  await person.keyboard("{Escape}");
  expect(screen.getByText(/Player keys/)).toBeVisible();
});

test("frames that no sentence tells are named", async () => {
  await openWorkspace();
  expect(screen.getByText("Not described yet: frames 0, 2.")).toBeVisible();
});

test("without frame callbacks the server's picture of the frame is shown", async () => {
  await openWorkspace();
  expect(screen.getByText("exact frames from server")).toBeVisible();
  expect(screen.getByRole("img", { name: "Frame 0" })).toHaveAttribute(
    "src",
    "/api/v1/clips/9/frames/0.jpg",
  );
});

test("a project without sound offers none", async () => {
  await openWorkspace();
  expect(screen.queryByRole("button", { name: /Sound/ })).not.toBeInTheDocument();
});

test("the shortcut sheet lists the keys that run the page", async () => {
  const { person } = await openWorkspace();
  await person.keyboard("{Shift>}[Slash]{/Shift}");
  const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  const row = within(sheet).getByRole("row", { name: /Mark the selection as inference/ });
  expect(row).toHaveTextContent("CtrlI");
});
