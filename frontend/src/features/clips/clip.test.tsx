import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { ClipDetail } from "@/api/types";
import type { Role } from "@/core/roles";
import { CLIP } from "@/testing/clips";
import { serveChange, serveRows, signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";

function serveClip(changes: Partial<ClipDetail>, ...roles: Role[]): void {
  signedInWith(...roles);
  server.use(
    http.get("/api/v1/clips/9", () => HttpResponse.json({ ...CLIP, ...changes })),
    http.get("/api/v1/clips/9/timestamps", () =>
      HttpResponse.json({
        time_base: [1, 2],
        pts: [0, 1, 2],
        seconds: [0, 0.5, 1],
        duration_s: 1.5,
      }),
    ),
    http.get("/api/v1/clips/9/uses", () =>
      HttpResponse.json({
        dataset_versions: [{ uid: "v1", number: 1 }],
        exports: [{ uid: "e1", format: "videollama2" }],
        training_runs: [{ uid: "r1", number: 4, models: ["Small faces"] }],
      }),
    ),
    http.get("/api/v1/projects/3", () =>
      HttpResponse.json({ settings: { sound_allowed: false }, revision: 1 }),
    ),
  );
  serveRows("/api/v1/clips/9/events", [
    { kind: "annotation.submitted", actor_name: null, at: CLIP.created_at, detail: {} },
    {
      kind: "clip.rejected",
      actor_name: "Ada",
      at: CLIP.created_at,
      detail: { reason: "no_face", note: "A mask hides it." },
    },
  ]);
  serveRows("/api/v1/clips/9/drafts", []);
  serveRows("/api/v1/projects/3/models", []);
  serveRows("/api/v1/clips/9/slots", [
    { slot: 1, status: "submitted", annotator_name: "Bela", lease_until: null },
    { slot: 2, status: "held", annotator_name: "Chen", lease_until: CLIP.created_at },
    { slot: 3, status: "open", annotator_name: null, lease_until: null },
  ]);
}

test("a member sees the video, the facts and what happened, and no lead's actions", async () => {
  serveClip({}, "annotator");
  openApp("/clips/9");
  expect(await screen.findByRole("region", { name: "Video" })).toBeVisible();
  expect(screen.getByText("1.500 s, 3 frames")).toBeVisible();
  expect(screen.getByRole("button", { name: "Project: Faces of spring" })).toBeVisible();
  expect(await screen.findByText("An annotation was submitted")).toBeVisible();
  expect(screen.getByText("Rejected by Ada: No face can be seen")).toBeVisible();
  expect(screen.getByText("A mask hides it.")).toBeVisible();
  expect(screen.queryByRole("region", { name: "As lead" })).not.toBeInTheDocument();
  expect(screen.queryByRole("region", { name: "Drafts" })).not.toBeInTheDocument();
});

test("the video follows the keys of the workspace, a field keeps its own", async () => {
  serveClip({}, "lead");
  const { person } = openApp("/clips/9");
  const frame = await screen.findByRole("slider", { name: "Frame" });
  await person.keyboard("[Period]");
  await waitFor(() => expect(frame).toHaveValue("1"));
  await person.keyboard("[End]");
  await waitFor(() => expect(frame).toHaveValue("2"));
  const loop = screen.getByRole("button", { name: "Loop on or off" });
  expect(loop).toHaveAttribute("aria-pressed", "true");
  await person.keyboard("[KeyO]");
  expect(loop).toHaveAttribute("aria-pressed", "false");
  await person.type(screen.getByLabelText("Priority"), "[Home]");
  expect(frame).toHaveValue("2");
});

test("the keys of the video are listed on a sheet", async () => {
  serveClip({}, "viewer");
  const { person } = openApp("/clips/9");
  await screen.findByRole("region", { name: "Video" });
  await person.keyboard("{Shift>}[Slash]{/Shift}");
  const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  expect(within(sheet).getByRole("rowheader", { name: "Play or pause" })).toBeVisible();
  expect(within(sheet).queryByText("Submit and next")).not.toBeInTheDocument();
});

test("the approved caption is shown in its three renderings", async () => {
  serveClip({ stage: "approved" }, "viewer");
  server.use(
    http.get("/api/v1/clips/9/approved-caption", () =>
      HttpResponse.json({
        uid: "a1",
        approved_at: CLIP.created_at,
        renderings: {
          full: "She smiles, as if glad.",
          marked: "She smiles[, as if glad].",
          stripped: "She smiles.",
        },
      }),
    ),
  );
  const { person } = openApp("/clips/9");
  expect(await screen.findByText("She smiles[, as if glad].")).toBeVisible();
  await person.click(screen.getByRole("tab", { name: "Stripped" }));
  expect(screen.getByText("She smiles.")).toBeVisible();
});

test("a lead withdraws a clip after seeing what used it and typing its name", async () => {
  serveClip({ stage: "approved" }, "lead");
  server.use(
    http.get("/api/v1/clips/9/approved-caption", () =>
      HttpResponse.json({ renderings: { full: "", marked: "", stripped: "" } }),
    ),
  );
  const withdrawn = serveChange("post", "/api/v1/clips/9/withdraw");
  const { person } = openApp("/clips/9");
  await person.click(await screen.findByRole("button", { name: "Withdraw…" }));
  const dialog = await screen.findByRole("dialog", { name: "Withdraw the clip" });
  expect(await within(dialog).findByText(/dataset version 1, of which 1 export/)).toBeVisible();
  await person.type(within(dialog).getByLabelText("Reason"), "Consent ended.");
  const confirm = within(dialog).getByRole("button", { name: "Withdraw for good" });
  await person.type(within(dialog).getByLabelText("Type smile-09 to confirm"), "smile-0");
  expect(confirm).toBeDisabled();
  await person.type(within(dialog).getByLabelText("Type smile-09 to confirm"), "9");
  await person.click(confirm);
  await expect.poll(() => withdrawn.sent).toEqual([{ reason: "Consent ended." }]);
});

test("a lead rejects a clip with a reason", async () => {
  serveClip({}, "lead");
  const rejected = serveChange("post", "/api/v1/clips/9/reject");
  const { person } = openApp("/clips/9");
  await person.click(await screen.findByRole("button", { name: "Reject…" }));
  const dialog = await screen.findByRole("dialog", { name: "Reject the clip" });
  const confirm = within(dialog).getByRole("button", { name: "Reject" });
  expect(confirm).toBeDisabled();
  await person.click(within(dialog).getByRole("radio", { name: "Too many people" }));
  await person.click(confirm);
  await expect.poll(() => rejected.sent).toEqual([{ reason: "too_many_people", note: "" }]);
});

test.each([
  ["rejected", "Restore…", "Restore", "restore", { note: "It is fine." }],
  ["approved", "Open again…", "Open again", "reopen", { reason: "It is fine." }],
] as const)("a lead moves a %s clip on with a reason", async (stage, open, verb, path, sent) => {
  serveClip({ stage }, "lead");
  server.use(
    http.get("/api/v1/clips/9/approved-caption", () =>
      HttpResponse.json({ renderings: { full: "", marked: "", stripped: "" } }),
    ),
  );
  const moved = serveChange("post", `/api/v1/clips/9/${path}`);
  const { person } = openApp("/clips/9");
  await person.click(await screen.findByRole("button", { name: open }));
  const dialog = await screen.findByRole("dialog");
  await person.type(within(dialog).getByLabelText("Reason"), "It is fine.");
  await person.click(within(dialog).getByRole("button", { name: verb }));
  await expect.poll(() => moved.sent).toEqual([sent]);
});

test("a lead adds annotators and sets the priority", async () => {
  serveClip({}, "lead");
  const added = serveChange("post", "/api/v1/clips/9/slots");
  const ranked = serveChange("patch", "/api/v1/clips/9");
  const { person } = openApp("/clips/9");
  await person.type(await screen.findByLabelText("Priority"), "7");
  await person.click(screen.getByRole("button", { name: "Set" }));
  await expect.poll(() => ranked.sent).toEqual([{ priority: 7 }]);
  await person.click(screen.getByRole("button", { name: "Add annotators…" }));
  await person.click(await screen.findByRole("button", { name: "Add" }));
  await expect.poll(() => added.sent).toEqual([{ count: 1 }]);
});

test("a lead frees a slot whose annotator does not come back, after the question", async () => {
  serveClip({}, "lead");
  const freed = serveChange("post", "/api/v1/clips/9/slots/2/free");
  const { person } = openApp("/clips/9");
  const slots = await screen.findByRole("list", { name: "Slots" });
  const [submitted, held, open] = await within(slots).findAllByRole("listitem");
  expect(submitted).toHaveTextContent(/^1SubmittedBela$/);
  expect(held).toHaveTextContent(/^2Being writtenChen/);
  expect(open).toHaveTextContent(/^3Free$/);
  await person.click(within(slots).getByRole("button", { name: "Free slot 2" }));
  const dialog = await screen.findByRole("dialog", { name: "Free slot 2?" });
  expect(dialog).toHaveTextContent("What Chen wrote there is kept.");
  expect(freed.sent).toEqual([]);
  serveRows("/api/v1/clips/9/slots", [
    { slot: 2, status: "open", annotator_name: null, lease_until: null },
  ]);
  await person.click(within(dialog).getByRole("button", { name: "Free the slot" }));
  expect(await within(slots).findByText("Free")).toBeVisible();
  await waitFor(() => expect(slots).toHaveTextContent(/^2Free$/));
  expect(freed.sent).toHaveLength(1);
});

test("a move that came too late is refused in a sentence and the dialog stays", async () => {
  serveClip({}, "lead");
  serveChange("post", "/api/v1/clips/9/slots", { detail: "The clip is approved now." }, 409);
  const { person } = openApp("/clips/9");
  await person.click(await screen.findByRole("button", { name: "Add annotators…" }));
  await person.click(await screen.findByRole("button", { name: "Add" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The clip is approved now.");
  expect(screen.getByRole("dialog", { name: "Add annotators" })).toBeVisible();
});

test("a clip that is not there, or not for this person, says so", async () => {
  signedInWith("annotator");
  server.use(
    http.get("/api/v1/clips/9", () =>
      HttpResponse.json({ code: "not_found", detail: "There is no such clip." }, { status: 404 }),
    ),
  );
  openApp("/clips/9");
  expect(await screen.findByRole("heading", { name: "There is nothing here" })).toBeVisible();
});
