import { http, HttpResponse } from "msw";

import type {
  EvaluatedClip,
  Evaluation,
  EvaluationDetail,
  Leaderboard,
  LeaderboardRow,
  Score,
  Table,
} from "@/api/evaluations";
import { serveRows, signedInWith } from "@/testing/people";
import { server } from "@/testing/server";

export const score = (value: number, clips = 40): Score => ({
  value,
  low: value - 0.05,
  high: value + 0.05,
  clips,
  parts: {},
});

export const ROW: LeaderboardRow = {
  evaluation: "own",
  kind: "model",
  name: "Rules on measured signals",
  model: "rules",
  rewrites: false,
  clips: 40,
  unjudged: 0,
  failed: 2,
  seconds: 80,
  predicted_for: "0",
  set_digest: "abcdef0123456789",
  is_same_set: true,
  scores: { rouge_l: score(0.2), tem: score(0.31) },
  differences: {},
};

export const CHANCE: LeaderboardRow = {
  ...ROW,
  evaluation: "chance",
  kind: "chance",
  name: "chance: another clip's reference",
  failed: 0,
  seconds: 0,
  scores: { rouge_l: score(0.34), tem: score(0.36) },
};

export const CEILING: LeaderboardRow = {
  ...CHANCE,
  evaluation: "people",
  kind: "reviewers",
  name: "second reviewers, blind",
  is_same_set: false,
  scores: { tem: score(0.7) },
};

export const TABLE: Table = {
  version: "v1",
  number: 1,
  split: "test",
  judge: null,
  judge_name: "offline",
  done: 3,
  under_way: 1,
};

export const LEADERBOARD: Leaderboard = {
  version: "v1",
  number: 1,
  split: "test",
  judge: null,
  judge_name: "offline (rules)",
  metrics: ["rouge_l", "tem"],
  set_digest: "abcdef0123456789",
  clips: 40,
  rows: [ROW, CEILING, CHANCE],
  published: [{ table: "Table 1", model: "FaceTrack-MM", scores: { tem: 0.364 } }],
  published_note: "Published, 1,000 clips: no row to compare with directly.",
  warnings: ["second reviewers, blind: scored on other clips."],
};

export const EVALUATION: EvaluationDetail = {
  uid: "own",
  predictions: "texts",
  subject: { kind: "model", name: "Rules on measured signals", model: "rules" },
  version: "v1",
  number: 1,
  split: "test",
  judge: null,
  judge_name: "offline (rules)",
  metrics: { rouge_l: "rouge-l-1", tem: "tem-1" },
  rewrites: false,
  edition: 1,
  status: "done",
  job: null,
  created_at: "2026-05-01T10:00:00Z",
  created_by_name: "Mika",
  done_at: "2026-05-01T10:05:00Z",
  set_digest: "abcdef0123456789",
  clips: 40,
  unjudged: 0,
  failed: 2,
  seconds: 80,
  predicted_for: "0",
  price: "0",
  scores: ROW.scores,
  warnings: [],
  slices: [
    { by: "emotion", value: "fear", clips: 3, scores: { tem: score(0.2, 3) } },
    { by: "emotion", value: "joy", clips: 37, scores: { tem: score(0.32, 37) } },
  ],
};

export const EVALUATED_CLIP: EvaluatedClip = {
  clip_id: 8,
  clip_name: "a.mp4",
  reference: "His brows rise. Then he smiles and blinks.",
  sides: [
    {
      evaluation: "own",
      name: "Rules on measured signals",
      text: "He smiles. He nods.",
      failure: "",
      error: "",
      rewritten: "",
      is_suspicious: false,
      unjudged: "",
      values: { tem: 0.3 },
      columns: {},
      against: "",
      alignment: {
        reference: [
          { text: "his brows rise", state: "missed" },
          { text: "he smiles", state: "matched" },
        ],
        prediction: [
          { text: "he smiles", state: "matched" },
          { text: "he nods", state: "invented" },
        ],
        pairs: [{ reference: 1, prediction: 0, state: "matched" }],
      },
    },
  ],
};

/** A project with one table, for its ML staff. Answers hold what was asked of them. */
export function serveLeaderboard(
  board: Leaderboard = LEADERBOARD,
  evaluations: readonly Evaluation[] = [],
): { asked: URL[] } {
  const kept: { asked: URL[] } = { asked: [] };
  signedInWith("ml");
  serveRows("/api/v1/projects/3/evaluations", [...evaluations]);
  serveRows("/api/v1/projects/3/leaderboards", [TABLE]);
  serveRows("/api/v1/projects/3/dataset-versions", [
    { uid: "v1", project_id: 3, number: 1, note: "", counts: { test: 40, validation: 0 } },
  ]);
  server.use(
    http.get("/api/v1/dataset-versions/v1/leaderboard", ({ request }) => {
      kept.asked.push(new URL(request.url));
      return HttpResponse.json(board);
    }),
  );
  return kept;
}
