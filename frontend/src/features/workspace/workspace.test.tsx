import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { describe, expect, test } from "vitest";

import { DeviceJournalStore } from "@/core/journalStore";
import { DRAFT, makeAssignment, REASONS, serveAssignment } from "@/testing/assignments";
import { ADA, openApp } from "@/testing/render";
import { server } from "@/testing/server";

async function openWorkspace(assignment = makeAssignment()) {
  const held = serveAssignment(assignment);
  const app = openApp(`/assignments/${assignment.id}`);
  await screen.findByRole("heading", { name: "Facial changes", level: 2 });
  return { ...app, held, id: assignment.id };
}

function change(number: number): HTMLElement {
  return screen.getByRole("textbox", { name: `Facial change ${number}` });
}

async function isSaved(): Promise<void> {
  expect(await screen.findByText(/^Saved at/)).toBeVisible();
}

/** Does not wait for the pause that saving by itself waits for. */
async function saveNow(person: UserEvent): Promise<void> {
  await person.keyboard("{Control>}[KeyS]{/Control}");
  expect(await screen.findByText(/^Saved at/)).toBeVisible();
}

describe("writing", () => {
  test("a pasted text is saved by itself, as one line", async () => {
    const { person, held } = await openWorkspace();
    await person.click(screen.getByRole("button", { name: "Write the summary" }));
    await person.click(screen.getByRole("textbox", { name: "Summary" }));
    await person.paste("A man\nfrowns.");
    await isSaved();
    expect(held.document.summary?.text).toBe("A man frowns.");
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
});

describe("the video", () => {
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
});

describe("saving", () => {
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
    await waitFor(() => expect(change(1)).toHaveAttribute("contenteditable", "true"));
    other.close();
  });
});

describe("leaving", () => {
  test("submitting saves first, sends that revision, and offers the way back", async () => {
    const { person, id, held, router } = await openWorkspace();
    const sent: (string | null)[] = [];
    server.use(
      http.post(`/api/v1/assignments/${id}/submit`, ({ request }) => {
        sent.push(request.headers.get("If-Match"));
        held.status = "submitted";
        return HttpResponse.json({
          assignment: { id, status: "submitted", revision: held.revision },
          next: null,
          reasons: REASONS,
        });
      }),
      http.post(`/api/v1/assignments/${id}/undo`, () => {
        held.status = "held";
        return HttpResponse.json(held);
      }),
    );
    await person.selectOptions(
      screen.getByRole("combobox", { name: "Phase of facial change 1" }),
      "End",
    );
    await person.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText("smile-09 was submitted.")).toBeVisible();
    expect(sent).toEqual(['"5"']);
    expect(router.state.location.pathname).toBe("/projects/3/queue");
    await person.click(screen.getByRole("button", { name: "Take it back" }));
    expect(await screen.findByRole("heading", { name: "Facial changes", level: 2 })).toBeVisible();
    expect(held.document.facial_changes[0]?.phase).toBe("end");
  });

  test("a text the server finds incomplete says what is missing and stays", async () => {
    const { person, id } = await openWorkspace();
    server.use(
      http.post(`/api/v1/assignments/${id}/submit`, () =>
        HttpResponse.json(
          {
            code: "invalid_caption",
            status: 400,
            detail: "The caption is not complete.",
            errors: [{ field: "summary", code: "missing", message: "Write the summary." }],
          },
          { status: 400 },
        ),
      ),
    );
    await person.click(screen.getByRole("button", { name: "Submit and next" }));
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("The caption is not complete.");
    expect(alert).toHaveTextContent("Write the summary.");
    expect(change(1)).toHaveTextContent("His brows fall.");
  });

  test("skipping asks for a reason", async () => {
    const { person, id, router } = await openWorkspace();
    let sent: unknown;
    server.use(
      http.post(`/api/v1/assignments/${id}/skip`, async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ next: null, reasons: REASONS });
      }),
    );
    await person.click(screen.getByRole("button", { name: "Skip…" }));
    const dialog = await screen.findByRole("dialog", { name: "Skip this clip" });
    expect(within(dialog).getByRole("button", { name: "Skip" })).toBeDisabled();
    await person.click(within(dialog).getByRole("radio", { name: "No face can be seen" }));
    await person.click(within(dialog).getByRole("button", { name: "Skip" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/projects/3/queue"));
    expect(sent).toEqual({ reason: "no_face", note: "" });
  });

  test("a returned clip shows what the reviewer asks, and the answer goes with it", async () => {
    const assignment = makeAssignment({
      status: "returned",
      return: { reason: "Which brow?", sentences: ["s2"], loop: 1, at: "2026-05-01T10:00:00Z" },
    });
    const { person, id } = await openWorkspace(assignment);
    let sent: unknown;
    server.use(
      http.post(`/api/v1/assignments/${id}/submit`, async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ next: null, reasons: REASONS });
      }),
    );
    expect(screen.getByText("Which brow?")).toBeVisible();
    await person.type(screen.getByLabelText("Your answer to the reviewer"), "Both.");
    await person.click(screen.getByRole("button", { name: "Submit and next" }));
    await waitFor(() => expect(sent).toEqual({ answer: "Both." }));
  });
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

test("the shortcut sheet lists the keys that run the page", async () => {
  const { person } = await openWorkspace();
  await person.keyboard("{Shift>}[Slash]{/Shift}");
  const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  const row = within(sheet).getByRole("row", { name: /Mark the selection as inference/ });
  expect(row).toHaveTextContent("CtrlI");
});

test("somebody else's assignment is not shown", async () => {
  serveAssignment(makeAssignment());
  server.use(
    http.get("/api/v1/assignments/7", () =>
      HttpResponse.json({ status: 404, code: "not_found", detail: "Not here." }, { status: 404 }),
    ),
  );
  openApp("/assignments/7");
  expect(await screen.findByRole("alert")).toHaveTextContent("Not here.");
});
