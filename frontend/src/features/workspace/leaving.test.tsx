import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { makeAssignment, REASONS, serveAssignment } from "@/testing/assignments";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";
import { change, openWorkspace } from "@/testing/workspace";

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
