import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { ChangedClip, DataCard, DatasetVersion, Export, ReleasePreview } from "@/api/datasets";
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
  filter: { emotions: ["joy"], approved_from: "2026-04-01" },
  locks_test: true,
  seed: 13,
  targets: { test: 0.2, test_clips: 1, validation: null, validation_clips: 2 },
  counts: {
    total: 5,
    train: 3,
    validation: 1,
    test: 1,
    groups: 4,
    hedged: 1,
    left_out: { not_approved: 2, withdrawn: 0 },
  },
  sha256: "9f3c",
  created_at: "2026-05-01T10:00:00Z",
  created_by_name: "Mika",
};

const PREVIEW: ReleasePreview = {
  seed: 77,
  counts: { ...VERSION.counts, left_out: { not_in_filter: 4 } },
  targets: VERSION.targets,
  locked: 1,
  sources: [{ name: "Films", train: 3, validation: 1, test: 1 }],
  emotions: [{ name: "", train: 3, validation: 1, test: 1 }],
  hedged: [
    { clip_id: 9, clip_name: "smile-09", text: "He smiles as if glad.", hedges: ["as if glad"] },
  ],
  warnings: [{ code: "empty_train", message: "No clip is left to train on." }],
};

const SUMMARY = {
  count: 5,
  mean: 20.5,
  spread: 2,
  least: 17,
  quarter: 19,
  median: 20,
  three_quarters: 22,
  most: 24,
  bars: [{ from: 17, to: 25, count: 5 }],
};

const CARD: DataCard = {
  content: {
    schema: 1,
    counters: { words: "Runs of letters." },
    lexicon: { name: "Words of facial actions", version: 1, words: 400 },
    scopes: [
      {
        by: "all",
        name: "",
        words: SUMMARY,
        words_and_punctuation: SUMMARY,
        facial_actions: SUMMARY,
        duration_s: SUMMARY,
      },
    ],
    sources: [{ name: "Films", train: 3, validation: 1, test: 1 }],
    emotions: [{ name: "joy", train: 3, validation: 1, test: 1 }],
    licences: [{ source: "Films", kind: "existing", licence: "CC BY 4.0", clips: 5 }],
    hedged: { captions: 1, per_thousand: 200 },
    agreement: null,
    rejected: { static: 2 },
  },
  made_at: "2026-05-01T10:00:00Z",
  job: null,
  ended: { withdrawn: ["a1b2"], consent_ended: [] },
  runs: [{ uid: "r1", number: 4, name: "paper" }],
};

const EDITED: ChangedClip = {
  clip_id: 9,
  clip_name: "smile-09",
  text_before: "She frowns.",
  text_after: "She smiles.",
  split_before: "train",
  split_after: "test",
};

const EXPORT: Export = {
  uid: "e1",
  format: "videollama2",
  instruction_set: "t1",
  rendering: "stripped",
  splits: ["train", "validation", "test"],
  with_videos: false,
  with_rule_drafts: false,
  ended_since: 0,
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
  serveRows("/api/v1/projects/3/dataset-versions", [VERSION]);
  server.use(http.get("/api/v1/dataset-versions/v1/card", () => HttpResponse.json(CARD)));
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

test("a version is previewed with the parts, text and targets chosen, then frozen as shown", async () => {
  serveVersion();
  serveRows("/api/v1/projects/3/dataset-versions", []);
  serveRows("/api/v1/projects/3/sources", []);
  const path = "/api/v1/projects/3/dataset-versions";
  const previewed = serveChange("post", `${path}/preview`, PREVIEW);
  const frozen = serveChange("post", path, VERSION, 201);
  const { person, router } = openApp("/projects/3/datasets");
  expect(await screen.findByText("Nothing is frozen yet")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Freeze a version" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Freeze a version" }));
  await person.type(dialog.getByLabelText("Note"), "First");
  await person.click(dialog.getByRole("checkbox", { name: "Summary" }));
  await person.click(dialog.getByRole("radio", { name: "Full text" }));
  await person.click(dialog.getByText("Only some of the approved captions"));
  await person.type(dialog.getByLabelText("Emotions", { selector: "input" }), "joy{Enter}");
  await person.selectOptions(dialog.getByLabelText("Unit of the test split"), "clips");
  await person.type(dialog.getByLabelText("For test"), "1");
  await person.click(dialog.getByRole("checkbox", { name: /^Lock the test split/ }));
  await person.click(dialog.getByRole("button", { name: "Preview" }));
  expect(await dialog.findByText("No clip is left to train on.")).toBeVisible();
  expect(dialog.getByText("4 outside the filter")).toBeVisible();
  await person.click(dialog.getByText(/^1 caption still hedges/));
  expect(dialog.getByText(/“as if glad”/)).toBeVisible();
  await person.click(dialog.getByRole("button", { name: "Freeze" }));
  await expect.poll(() => router.state.location.pathname).toBe("/dataset-versions/v1");
  const asked = {
    note: "First",
    parts: ["external_attributes", "facial_changes", "summary"],
    rendering: "full",
    filter: { emotions: ["joy"] },
    test_share: 0.2,
    validation_share: 0.06,
    test_clips: 1,
    validation_clips: null,
    locks_test: true,
    leaves_out_hedged: false,
  };
  expect(previewed.sent).toEqual([{ ...asked, seed: null }]);
  expect(frozen.sent).toEqual([{ ...asked, seed: 77 }]);
});

test("what changes after the preview is previewed again", async () => {
  signedInWith("lead");
  serveRows("/api/v1/projects/3/dataset-versions", []);
  serveRows("/api/v1/projects/3/sources", []);
  serveRows("/api/v1/instruction-sets", []);
  serveChange("post", "/api/v1/projects/3/dataset-versions/preview", PREVIEW);
  const { person } = openApp("/projects/3/datasets");
  await person.click(await screen.findByRole("button", { name: "Freeze a version" }));
  await person.click(await screen.findByRole("button", { name: "Preview" }));
  await person.type(screen.getByLabelText("Note"), "Words only");
  expect(await screen.findByRole("button", { name: "Freeze" })).toBeVisible();
  await person.click(screen.getByRole("checkbox", { name: /^Leave out captions/ }));
  expect(screen.getByRole("button", { name: "Preview" })).toBeVisible();
});

test("nothing to freeze: the refusal is shown and the answers stay", async () => {
  signedInWith("lead");
  serveRows("/api/v1/projects/3/dataset-versions", []);
  serveRows("/api/v1/projects/3/sources", []);
  serveRows("/api/v1/instruction-sets", []);
  serveChange(
    "post",
    "/api/v1/projects/3/dataset-versions/preview",
    { detail: "Nothing is approved." },
    409,
  );
  const { person } = openApp("/projects/3/datasets");
  await person.click(await screen.findByRole("button", { name: "Freeze a version" }));
  await person.click(await screen.findByRole("button", { name: "Preview" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Nothing is approved.");
});

test("a version shows its counts, its hash and its captions", async () => {
  serveVersion();
  openApp("/dataset-versions/v1");
  expect(await screen.findByRole("heading", { name: "Dataset version 1" })).toBeVisible();
  const splits = screen.getByRole("table", { name: "Splits against what was asked for" });
  expect(within(splits).getByRole("row", { name: "Validation 2 clips 1 −1" })).toBeVisible();
  expect(within(splits).getByRole("row", { name: "Test 20 %, 1 clip 1 0" })).toBeVisible();
  expect(screen.getByText("emotion joy; approved from 2026-04-01")).toBeVisible();
  expect(screen.getByText("9f3c")).toBeVisible();
  expect(screen.getByText("2 not approved")).toBeVisible();
  expect(await screen.findByText("She smiles.")).toBeVisible();
  expect(await screen.findByText("This version was not exported yet.")).toBeVisible();
});

test("the data card tells figures, what still hedges and who left since", async () => {
  serveVersion();
  openApp("/dataset-versions/v1");
  const card = within(await screen.findByRole("region", { name: "Data card" }));
  expect(await card.findByText("1 captions, 200 of 1,000")).toBeVisible();
  const means = card.getByRole("table", { name: "Mean and standard deviation of each caption" });
  expect(within(means).getByRole("row", { name: /^All captions 5 20\.50 ± 2\.00/ })).toBeVisible();
  expect(card.getByRole("figure", { name: "Words a caption" })).toBeVisible();
  expect(card.getByText("1 withdrawn: exports leave them out")).toBeVisible();
  expect(card.getByText("Learnt from by run 4 (paper).")).toBeVisible();
  expect(card.getByRole("link", { name: "As a Markdown file" })).toHaveAttribute(
    "href",
    "/api/v1/dataset-versions/v1/card.md",
  );
});

test("a card that was never made is asked for", async () => {
  serveVersion();
  const NOT_MADE = { ...CARD, content: null, made_at: null, ended: {} };
  server.use(http.get("/api/v1/dataset-versions/v1/card", () => HttpResponse.json(NOT_MADE)));
  server.use(http.get("/api/v1/jobs/j1", () => HttpResponse.json(EXPORT.job)));
  const asked = serveChange("post", "/api/v1/dataset-versions/v1/card", EXPORT.job ?? {}, 202);
  const { person } = openApp("/dataset-versions/v1");
  await person.click(await screen.findByRole("button", { name: "Make the data card" }));
  await expect.poll(() => asked.sent.length).toBe(1);
});

test("what changed since another version is listed by kind, word for word", async () => {
  serveVersion();
  serveRows("/api/v1/projects/3/dataset-versions", [VERSION, { ...VERSION, uid: "v0", number: 0 }]);
  server.use(
    http.get("/api/v1/dataset-versions/v1/diff", ({ request }) => {
      const { searchParams } = new URL(request.url);
      const isEdited = searchParams.get("change") === "edited";
      expect(searchParams.get("against")).toBe("v0");
      return HttpResponse.json({
        against: { uid: "v0", number: 0 },
        counts: { edited: 1, added: 0, removed: 7, moved: 0 },
        results: isEdited ? [EDITED] : [],
        next: null,
        previous: null,
      });
    }),
  );
  const { person } = openApp("/dataset-versions/v1");
  const changes = within(await screen.findByRole("region", { name: "Changes" }));
  expect(await changes.findByText("Train → Test")).toBeVisible();
  expect(changes.getByText("frowns").tagName).toBe("DEL");
  expect(changes.getByText("smiles").tagName).toBe("INS");
  expect(changes.getByRole("radio", { name: "Removed 7" })).toBeInTheDocument();
  await person.click(changes.getByRole("radio", { name: "Added 0" }));
  expect(await changes.findByText("No clip was added.")).toBeVisible();
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
    .toMatchObject({ format: "videollama2", instruction_set: "t1", rendering: "stripped" });
  await person.click(await screen.findByRole("button", { name: "New export" }));
  await person.click(await screen.findByRole("combobox", { name: "Format" }));
  await person.click(await screen.findByRole("option", { name: /^Native JSONL/ }));
  await person.click(screen.getByRole("checkbox", { name: "Test" }));
  await person.click(screen.getByRole("button", { name: "Export" }));
  await expect
    .poll(() => started.sent.at(1))
    .toMatchObject({
      format: "native-jsonl",
      instruction_set: "",
      splits: ["train", "validation"],
      with_videos: false,
    });
});

test("an export with a clip that was withdrawn since is not offered", async () => {
  serveVersion({ ...EXPORT, ended_since: 2 });
  openApp("/dataset-versions/v1");
  expect(await screen.findByText(/The use of 2 of its clips has ended since/)).toBeVisible();
  expect(screen.queryByRole("link", { name: /^Download/ })).not.toBeInTheDocument();
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
