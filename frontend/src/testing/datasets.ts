import { http, HttpResponse } from "msw";

import type {
  ChangedClip,
  DataCard,
  DatasetVersion,
  Export,
  HedgedCaption,
  ReleasePreview,
} from "@/api/datasets";

import { serveRows, signedInWith } from "./people";
import { server } from "./server";

export const VERSION: DatasetVersion = {
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

export const PREVIEW: ReleasePreview = {
  seed: 77,
  counts: { ...VERSION.counts, left_out: { not_in_filter: 4 } },
  targets: VERSION.targets,
  locked: 1,
  sources: [{ name: "Films", train: 3, validation: 1, test: 1 }],
  emotions: [{ name: "", train: 3, validation: 1, test: 1 }],
  warnings: [{ code: "empty_train", message: "No clip is left to train on." }],
};

export const HEDGED: HedgedCaption = {
  clip_id: 9,
  clip_name: "smile-09",
  text: "He smiles as if glad.",
  hedges: ["as if glad"],
};

export const SUMMARY = {
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

export const CARD: DataCard = {
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
  action_counts: [],
  counting: null,
  questions: 1,
};

export const EDITED: ChangedClip = {
  clip_id: 9,
  clip_name: "smile-09",
  text_before: "She frowns.",
  text_after: "She smiles.",
  split_before: "train",
  split_after: "test",
};

export const EXPORT: Export = {
  uid: "e1",
  format: "videollama2",
  instruction_set: "t1",
  rendering: "stripped",
  splits: ["train", "validation", "test"],
  media: "paths",
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

export const TEMPLATES = {
  uid: "t1",
  name: "Faces",
  version: 1,
  templates: ["What does the face do?"],
};

export function serveVersion(...exports: Export[]): void {
  signedInWith("ml");
  server.use(http.get("/api/v1/dataset-versions/v1", () => HttpResponse.json(VERSION)));
  serveRows("/api/v1/dataset-versions/v1/entries", [
    {
      clip_id: 9,
      clip_name: "smile-09",
      split: "train",
      group: "film-1",
      text: "She smiles.",
      hedges: [],
    },
  ]);
  serveRows("/api/v1/dataset-versions/v1/exports", exports);
  serveRows("/api/v1/projects/3/dataset-versions", [VERSION]);
  server.use(http.get("/api/v1/dataset-versions/v1/card", () => HttpResponse.json(CARD)));
  serveRows("/api/v1/instruction-sets", [TEMPLATES]);
  serveRows("/api/v1/projects/3/models", []);
}
