import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { ClipDraft } from "@/api/clips";
import type { Job } from "@/api/jobs";
import { CLIP } from "@/testing/clips";
import { HOSTED, RULES } from "@/testing/models";
import { serveChange, serveRows, signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";

const READY: ClipDraft = {
  uid: "d1",
  kind: "openai",
  generator: "Large one",
  prompt_version: "Faces 1",
  version: "large",
  is_shadow: false,
  status: "ready",
  document: {
    schema: 1,
    external_attributes: [{ id: "s1", text: "A man with grey hair.", inferences: [] }],
    facial_changes: [{ id: "s2", text: "He smiles.", inferences: [] }],
    summary: null,
  },
  error: "",
  input_tokens: 21_000,
  output_tokens: 310,
  seconds: 4.21,
  price: "0.041000",
  job: null,
  place: null,
  created_at: CLIP.created_at,
  stale_since: null,
};

const FAILED: ClipDraft = {
  ...READY,
  uid: "d2",
  generator: "Small one",
  version: "small",
  status: "failed",
  document: null,
  error: "The model refuses to describe this clip.",
};

const JOB: Job = {
  uid: "j1",
  kind: "annotation.io_tasks.draft_clip",
  state: "queued",
  progress: { done: 0, total: null, message: "" },
  attempts: 0,
  max_attempts: 9,
  error: "",
  created_at: CLIP.created_at,
  ended_at: null,
  can_cancel: true,
  can_retry: false,
};

function serveDrafts(...drafts: ClipDraft[]): void {
  signedInWith("ml");
  server.use(
    http.get("/api/v1/clips/9", () => HttpResponse.json(CLIP)),
    http.get("/api/v1/clips/9/timestamps", () =>
      HttpResponse.json({ time_base: [1, 2], pts: [0, 1], seconds: [0, 0.5], duration_s: 1 }),
    ),
    http.get("/api/v1/projects/3", () =>
      HttpResponse.json({ settings: { sound_allowed: false }, revision: 1 }),
    ),
  );
  serveRows("/api/v1/clips/9/events", []);
  serveRows("/api/v1/clips/9/drafts", drafts);
  serveRows("/api/v1/projects/3/models", [HOSTED, RULES]);
}

test("a draft says who wrote it, by which prompt, at which cost, and is read", async () => {
  serveDrafts(READY);
  const { person } = openApp("/clips/9");
  const card = await screen.findByRole("region", { name: "Drafts" });
  const making = await within(card).findByText(/^Hosted model, prompt Faces 1/);
  expect(making).toHaveTextContent("cost 0.041, 21000 tokens read and 310 written, 4.2 s");
  expect(within(card).queryByRole("button", { name: /^Ask again/ })).not.toBeInTheDocument();
  await person.click(within(card).getByText("Read it"));
  expect(within(card).getByText("He smiles.")).toBeVisible();
});

test("a failed draft says why and is asked for again", async () => {
  serveDrafts(FAILED);
  const asked = serveChange("post", "/api/v1/clips/9/drafts", { job: JOB }, 202);
  const { person } = openApp("/clips/9");
  expect(await screen.findByText("The model refuses to describe this clip.")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Ask again Small one" }));
  await expect.poll(() => asked.sent).toEqual([{ version: "small" }]);
});

test("what has taken the place of a failed draft is not asked for once more", async () => {
  const under = { ...FAILED, uid: "d3", status: "requested" as const, error: "", job: JOB };
  serveDrafts(FAILED, under);
  openApp("/clips/9");
  expect(await screen.findByText("Waiting")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Ask again/ })).not.toBeInTheDocument();
});

test("a draft that waits tells what stands before it and how long that takes", async () => {
  const waiting = { ...FAILED, status: "requested" as const, error: "", job: JOB };
  serveDrafts(
    { ...waiting, place: { ahead: 12, seconds_left: 240 } },
    { ...waiting, uid: "d3", place: { ahead: 0, seconds_left: null } },
  );
  openApp("/clips/9");
  expect(await screen.findByText("12 before it, made in about 4 minutes.")).toBeVisible();
  expect(screen.getByText("Next in turn.")).toBeVisible();
});

test("a stale draft and a shadow are marked, and the stale one is asked for again", async () => {
  serveDrafts({ ...READY, stale_since: CLIP.created_at, is_shadow: true });
  const detail = "The clip is not worked on any more, so it needs no draft.";
  serveChange("post", "/api/v1/clips/9/drafts", { detail }, 409);
  const { person } = openApp("/clips/9");
  expect(await screen.findByText("Stale: of another face")).toBeVisible();
  expect(screen.getByText("Shadow: shown to nobody")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Ask again Large one" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(detail);
});

test("a draft that came with its clip has no model to ask", async () => {
  serveDrafts({ ...FAILED, kind: "imported", version: null, generator: "Written by hand" });
  openApp("/clips/9");
  expect(await screen.findByText(/^Came with the clip/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Ask again/ })).not.toBeInTheDocument();
});

test("any model of the project is asked for a draft", async () => {
  serveDrafts();
  const asked = serveChange("post", "/api/v1/clips/9/drafts", { job: JOB }, 202);
  const { person } = openApp("/clips/9");
  expect(await screen.findByText("This clip has no drafts.")).toBeVisible();
  await screen.findByRole("option", { name: "Rules on measured signals" });
  await person.selectOptions(screen.getByLabelText("Draft by"), "Rules on measured signals");
  await person.click(screen.getByRole("button", { name: "Ask for it" }));
  await expect.poll(() => asked.sent).toEqual([{ version: "rules" }]);
});
