import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { DeviceJournalStore } from "@/core/journalStore";
import { DRAFT, serveAssignment } from "@/testing/assignments";
import { ADA, openApp } from "@/testing/render";
import { server } from "@/testing/server";
import { change, openWorkspace } from "@/testing/workspace";

test("offline the text is kept on this device, and a new page brings it back", async () => {
  const first = await openWorkspace();
  first.held.isOnline = false;
  await first.person.click(screen.getByRole("button", { name: "Write the summary" }));
  await first.person.click(screen.getByRole("textbox", { name: "Summary" }));
  await first.person.paste("Kept.");
  expect(await screen.findByText("Offline, kept on this device")).toBeVisible();
  first.unmount();
  first.held.isOnline = true;
  openApp(`/assignments/${first.id}`);
  expect(await screen.findByRole("textbox", { name: "Summary" })).toHaveTextContent("Kept.");
  await waitFor(() => expect(first.held.document.summary?.text).toBe("Kept."));
});

test("a conflict shows both texts and lets the person choose", async () => {
  const { person, held } = await openWorkspace();
  held.revision = 9;
  held.document = {
    ...held.document,
    facial_changes: [{ id: "s2", text: "His brows rise.", inferences: [] }],
  };
  await person.selectOptions(
    screen.getByRole("combobox", { name: "Phase of facial change 1" }),
    "End",
  );
  const dialog = await screen.findByRole("dialog", { name: "Two versions of your text" });
  expect(within(dialog).getByRole("deletion")).toHaveTextContent("rise");
  expect(within(dialog).getByRole("insertion")).toHaveTextContent("fall");
  await person.click(within(dialog).getByRole("button", { name: "Take the server's" }));
  expect(change(1)).toHaveTextContent("His brows rise.");
});

test("a lost lease makes the page read-only, keeps the text, and can be asked back", async () => {
  const { person, id, held } = await openWorkspace();
  server.use(
    http.patch(`/api/v1/assignments/${id}/working-text`, () =>
      HttpResponse.json({ code: "lease_lost", status: 423, detail: "Lost." }, { status: 423 }),
    ),
  );
  await person.selectOptions(
    screen.getByRole("combobox", { name: "Phase of facial change 1" }),
    "End",
  );
  expect(await screen.findByText("Your time for this clip is over.")).toBeVisible();
  expect(screen.getByText("Read-only")).toBeVisible();
  expect(change(1)).toHaveAttribute("contenteditable", "false");
  const slot = `${ADA.id}:annotation-of-clip-${held.clip.id}`;
  const stored = await new DeviceJournalStore<typeof DRAFT>().read(slot);
  expect(stored?.doc.facial_changes[0]?.phase).toBe("end");
  serveAssignment(held);
  server.use(http.post(`/api/v1/assignments/${id}/reclaim`, () => HttpResponse.json(held)));
  await person.click(screen.getByRole("button", { name: "Ask for it back" }));
  await waitFor(() => expect(change(1)).toHaveAttribute("contenteditable", "true"));
  expect(screen.getByRole("combobox", { name: "Phase of facial change 1" })).toHaveValue("end");
});

test("a second tab has to take over", async () => {
  const { id, person } = await openWorkspace();
  const other = new BroadcastChannel(`countenance-assignment-${id}`);
  other.postMessage("i-write");
  expect(await screen.findByText("This clip is open in another tab.")).toBeVisible();
  expect(change(1)).toHaveAttribute("contenteditable", "false");
  await person.click(screen.getByRole("button", { name: "Work here instead" }));
  other.postMessage("let-go");
  await waitFor(() => expect(change(1)).toHaveAttribute("contenteditable", "true"));
  other.close();
});
