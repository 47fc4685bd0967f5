import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { DatasetVersion, Export } from "@/api/datasets";
import { serveChange, serveRows, signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";

const VERSION: DatasetVersion = {
  uid: "v1",
  project_id: 3,
  number: 1,
  note: "First look",
  parts: ["external_attributes", "facial_changes"],
  rendering: "stripped",
  seed: 13,
  targets: { test: 0.2, validation: 0.06 },
  counts: {
    total: 5,
    train: 3,
    validation: 1,
    test: 1,
    groups: 4,
    left_out: { not_approved: 2, withdrawn: 0 },
  },
  sha256: "9f3c",
  created_at: "2026-05-01T10:00:00Z",
  created_by_name: "Mika",
};

const EXPORT: Export = {
  uid: "e1",
  format: "videollama2",
  instruction_set: "t1",
  with_videos: false,
  status: "done",
  seed: 7,
  job: {
    uid: "j1",
    kind: "annotation.tasks.run_export",
    state: "done",
    progress: { done: 5, total: 5, message: "" },
    attempts: 1,
    max_attempts: 3,
    error: "",
    created_at: "2026-05-01T10:00:00Z",
    ended_at: "2026-05-01T10:01:00Z",
    can_cancel: false,
    can_retry: false,
  },
  size_bytes: 12_345,
  sha256: "ab12",
  manifest: { clips: 5 },
  created_at: "2026-05-01T10:00:00Z",
  download_url: "/api/v1/exports/e1/download",
};

const TEMPLATES = { uid: "t1", name: "Faces", version: 1, templates: ["What does the face do?"] };

function serveVersion(...exports: Export[]): void {
  signedInWith("ml");
  server.use(http.get("/api/v1/dataset-versions/v1", () => HttpResponse.json(VERSION)));
  serveRows("/api/v1/dataset-versions/v1/entries", [
    { clip_id: 9, clip_name: "smile-09", split: "train", group: "film-1", text: "She smiles." },
  ]);
  serveRows("/api/v1/dataset-versions/v1/exports", exports);
  serveRows("/api/v1/instruction-sets", [TEMPLATES]);
}

test("versions and templates are listed", async () => {
  signedInWith("ml");
  serveRows("/api/v1/projects/3/dataset-versions", [VERSION]);
  serveRows("/api/v1/instruction-sets", [TEMPLATES]);
  const { person } = openApp("/projects/3/datasets");
  const link = await screen.findByRole("link", { name: "Version 1" });
  expect(link).toHaveAttribute("href", "/dataset-versions/v1");
  await person.click(await screen.findByText("Faces, version 1: 1 templates"));
  expect(screen.getByText("What does the face do?")).toBeVisible();
});

test("a version is frozen with the parts, the text and the shares chosen", async () => {
  serveVersion();
  serveRows("/api/v1/projects/3/dataset-versions", []);
  const frozen = serveChange("post", "/api/v1/projects/3/dataset-versions", VERSION, 201);
  const { person, router } = openApp("/projects/3/datasets");
  expect(await screen.findByText("Nothing is frozen yet")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Freeze a version" }));
  const dialog = await screen.findByRole("dialog", { name: "Freeze a version" });
  await person.type(within(dialog).getByLabelText("Note"), "First");
  await person.click(within(dialog).getByRole("checkbox", { name: "Summary" }));
  await person.click(within(dialog).getByRole("radio", { name: "Full text" }));
  await person.type(within(dialog).getByLabelText("Seed (optional)"), "13");
  await person.click(within(dialog).getByRole("button", { name: "Freeze" }));
  await expect.poll(() => router.state.location.pathname).toBe("/dataset-versions/v1");
  expect(frozen.sent).toEqual([
    {
      note: "First",
      parts: ["external_attributes", "facial_changes", "summary"],
      rendering: "full",
      test_share: 0.2,
      validation_share: 0.06,
      seed: 13,
    },
  ]);
});

test("nothing to freeze: the refusal is shown and the answers stay", async () => {
  signedInWith("lead");
  serveRows("/api/v1/projects/3/dataset-versions", []);
  serveRows("/api/v1/instruction-sets", []);
  serveChange(
    "post",
    "/api/v1/projects/3/dataset-versions",
    { detail: "Nothing is approved." },
    409,
  );
  const { person } = openApp("/projects/3/datasets");
  await person.click(await screen.findByRole("button", { name: "Freeze a version" }));
  await person.click(await screen.findByRole("button", { name: "Freeze" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Nothing is approved.");
});

test("a version shows its counts, its hash and its captions", async () => {
  serveVersion();
  openApp("/dataset-versions/v1");
  expect(await screen.findByRole("heading", { name: "Dataset version 1" })).toBeVisible();
  expect(screen.getByText("3, 1, 1")).toBeVisible();
  expect(screen.getByText("9f3c")).toBeVisible();
  expect(screen.getByText("2 not approved")).toBeVisible();
  expect(await screen.findByText("She smiles.")).toBeVisible();
  expect(await screen.findByText("This version was not exported yet.")).toBeVisible();
});

test("a finished export is downloaded and has a manifest", async () => {
  serveVersion(EXPORT);
  const { person } = openApp("/dataset-versions/v1");
  const link = await screen.findByRole("link", { name: "Download VideoLLaMA2 conversations" });
  expect(link).toHaveAttribute("href", EXPORT.download_url);
  expect(screen.getByText("12 kB")).toBeVisible();
  await person.click(screen.getByRole("button", { name: /^Show the manifest of/ }));
  const dialog = await screen.findByRole("dialog", { name: "Manifest" });
  expect(dialog).toHaveTextContent('"clips": 5');
  expect(dialog).toHaveTextContent("ab12");
});

test("an export of conversations names its templates; a native one needs none", async () => {
  serveVersion();
  const started = serveChange("post", "/api/v1/dataset-versions/v1/exports", EXPORT, 202);
  const { person } = openApp("/dataset-versions/v1");
  await person.click(await screen.findByRole("button", { name: "New export" }));
  const confirm = await screen.findByRole("button", { name: "Export" });
  await expect.poll(() => confirm.hasAttribute("disabled")).toBe(false);
  await person.click(confirm);
  await expect
    .poll(() => started.sent.at(0))
    .toEqual({ format: "videollama2", instruction_set: "t1", seed: null, with_videos: false });
  await person.click(await screen.findByRole("button", { name: "New export" }));
  await person.click(await screen.findByRole("radio", { name: "Native JSONL" }));
  await person.click(screen.getByRole("button", { name: "Export" }));
  await expect
    .poll(() => started.sent.at(1))
    .toEqual({ format: "native-jsonl", instruction_set: "", seed: null, with_videos: false });
});

test("a running export shows how far it is and offers no file yet", async () => {
  const running = { done: 2, total: 5, message: "Writing." };
  serveVersion({
    ...EXPORT,
    job: EXPORT.job && { ...EXPORT.job, state: "running", progress: running },
    size_bytes: null,
    download_url: null,
  });
  openApp("/dataset-versions/v1");
  const bar = await screen.findByRole("progressbar", {
    name: "Export as VideoLLaMA2 conversations",
  });
  expect(bar).toHaveAttribute("value", "2");
  expect(screen.queryByRole("link", { name: /^Download/ })).not.toBeInTheDocument();
});

test("annotators are told whose page it is", async () => {
  signedInWith("annotator");
  openApp("/projects/3/datasets");
  expect(await screen.findByText("This page is for leads and ML staff")).toBeVisible();
});
