import type { DatasetVersion } from "@/api/datasets";
import type { RecipeField, RunDetail } from "@/api/runs";
import { serveRows, signedInWith } from "@/testing/people";
import { server } from "@/testing/server";
import { http, HttpResponse } from "msw";

export const RECIPE = {
  name: "",
  preset: "mini",
  base: "mini",
  train: { epochs: 8, learning_rate: 0.0005, schedule: "cosine" },
  max_steps: null,
};

const FIELDS: RecipeField[] = [
  { name: "base", type: "string", help: "A folder.", nullable: false },
  { name: "train.epochs", type: "integer", help: "Times shown.", nullable: false },
  { name: "train.learning_rate", type: "number", help: "Of the weights.", nullable: false },
  {
    name: "train.schedule",
    type: "choice",
    help: "How it falls.",
    nullable: false,
    choices: ["cosine", "linear"],
  },
  { name: "max_steps", type: "integer", help: "Steps at most.", nullable: true },
];

const VERSION: DatasetVersion = {
  uid: "v2",
  project_id: 3,
  number: 2,
  note: "",
  rendering: "stripped",
  counts: { total: 9, train: 6, validation: 2, test: 1, groups: 9, left_out: {} },
} as unknown as DatasetVersion;

export const RUN: RunDetail = {
  uid: "r7",
  project_id: 3,
  number: 7,
  name: "Small faces",
  state: "running",
  preset: "mini",
  base: "mini",
  version: { uid: "v2", number: 2, rendering: "stripped" },
  launcher: "local",
  device_kind: "cpu",
  device_count: 1,
  devices: ["cpu of here"],
  attempts: 1,
  phase: "training",
  step: 3,
  steps: 12,
  done: 3,
  total: 12,
  message: "Learning.",
  losses: [2, 1, 0.5],
  code: "",
  reason: "",
  heartbeat_at: "2026-05-01T10:00:00Z",
  created_at: "2026-05-01T09:00:00Z",
  created_by_name: "Mika",
  started_at: "2026-05-01T09:30:00Z",
  ended_at: null,
  can_stop: true,
  can_resume: false,
  models: [],
  waits_for: "",
  recipe: { ...RECIPE, train: { ...RECIPE.train, epochs: 2 } },
  memory_gib: 6.8,
  instruction_set: { uid: "s1", name: "Built in", version: 1 },
  seed: 5,
  cloned_from: null,
  manifests: {},
  versions: {},
  result_sha256: "",
  host: "here",
  step_to_register: null,
};

const POINTS = [
  { step: 1, loss: 2, learning_rate: 0.0005 },
  { step: 2, loss: 1, learning_rate: 0.0004 },
  { step: 2, validation_loss: 1.5 },
  { step: 3, loss: 0.5, learning_rate: 0.0003 },
];

/** A project with one run, for its ML staff. */
export function serveRun(run: RunDetail = RUN): void {
  signedInWith("ml");
  serveRows("/api/v1/projects/3/training-runs", [run]);
  serveRows("/api/v1/projects/3/dataset-versions", [VERSION]);
  serveRows("/api/v1/instruction-sets", [{ uid: "s1", name: "Built in", version: 1 }]);
  serveRows("/api/v1/projects/3/training-devices", [
    { host: "here", name: "cpu", kind: "cpu", label: "2 cores", memory_gib: 16, is_free: true },
  ]);
  server.use(
    http.get("/api/v1/training-runs/recipes", () =>
      HttpResponse.json({
        presets: { mini: RECIPE },
        fields: FIELDS,
        launchers: ["local", "torchrun"],
      }),
    ),
    http.get(`/api/v1/training-runs/${run.uid}`, () => HttpResponse.json(run)),
    http.get("/api/v1/training-runs/r7/metrics", () => HttpResponse.json({ points: POINTS })),
    http.get("/api/v1/training-runs/r7/log", () =>
      HttpResponse.json({ text: "6 clips to train with\n", offset: 0, next_offset: 22 }),
    ),
  );
}
