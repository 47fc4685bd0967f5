import { http, HttpResponse } from "msw";

import type { Finding, ScreenedClip, ScreeningRules } from "@/api/screening";
import type { Role } from "@/core/roles";
import { CLIP } from "@/testing/clips";
import { signedInWith } from "@/testing/people";
import { server } from "@/testing/server";

export const RULES: ScreeningRules = {
  max_seconds: 20,
  needs_face: true,
  min_main_area: 0.05,
  max_identities: 5,
  max_cuts_per_10_s: 2,
  min_motion: 0.004,
  near_duplicate_bits: 8,
  same_person_cosine: 0.5,
  keeps_embeddings: false,
};

export function finding(rule: string, value: number, outcome: Finding["outcome"]): Finding {
  const bounds: Readonly<Record<string, number>> = {
    length: RULES.max_seconds,
    face: 1,
    main_area: RULES.min_main_area,
    identities: RULES.max_identities,
    cuts_per_10_s: RULES.max_cuts_per_10_s,
    motion: RULES.min_motion,
  };
  return { rule, value, threshold: bounds[rule] ?? 0, outcome };
}

/** A clip that a small face was flagged for. */
export function screened(id: number, changes: Partial<ScreenedClip> = {}): ScreenedClip {
  return {
    id,
    uid: `c${id}`,
    name: `take-${id}`,
    stage: "screening",
    source: { id: 4, name: "Own recordings" },
    emotion: "happy",
    duration_s: 3.2,
    poster_url: `/api/v1/clips/${id}/poster.jpg`,
    width: 640,
    height: 360,
    duplicate_group: "",
    person_group: "",
    crop: null,
    crop_proposal: null,
    findings: [
      finding("length", 3.2, "passed"),
      finding("face", 1, "passed"),
      finding("main_area", 0.03, "flagged"),
      finding("identities", 1, "passed"),
      finding("cuts_per_10_s", 0, "passed"),
      finding("motion", 0.02, "passed"),
    ],
    outcome: "flagged",
    decision: "",
    reason: "",
    decided_at: null,
    job_error: "",
    ...changes,
  };
}

function serveClipsToPlay(): void {
  server.use(
    http.get("/api/v1/clips/:clip", ({ params }) => {
      const id = Number(params.clip);
      return HttpResponse.json({ ...CLIP, id, timestamps_url: `/api/v1/clips/${id}/timestamps` });
    }),
    http.get("/api/v1/clips/:clip/timestamps", () =>
      HttpResponse.json({
        time_base: [1, 2],
        pts: [0, 1, 2],
        seconds: [0, 0.5, 1],
        duration_s: 1.5,
      }),
    ),
    http.get("/api/v1/clips/:clip/tracks", () =>
      HttpResponse.json({ detail: "No worker has the face models." }, { status: 404 }),
    ),
    http.get("/api/v1/projects/:project/track", () =>
      HttpResponse.json({ missing: 0, outdated: 0 }),
    ),
  );
}

const WORDS = {
  keep: { stage: "drafting", decision: "kept" },
  reject: { stage: "rejected", decision: "rejected" },
} as const;

interface Held {
  clips: ScreenedClip[];
  rules: ScreeningRules;
  revision: number;
  /** Every decision that arrived, as `keep 1`. */
  decided: string[];
  bodies: unknown[];
}

/** A made-up server that holds a screening: lists it in pages of two, and takes decisions. */
export function serveScreening(clips: ScreenedClip[], ...roles: Role[]): Held {
  const held: Held = { clips, rules: RULES, revision: 0, decided: [], bodies: [] };
  signedInWith(...(roles.length === 0 ? (["lead"] as const) : roles));
  serveClipsToPlay();
  const change = (id: number, changes: Partial<ScreenedClip>) => {
    held.clips = held.clips.map((clip) => (clip.id === id ? { ...clip, ...changes } : clip));
    return held.clips.find((clip) => clip.id === id);
  };
  server.use(
    http.get("/api/v1/projects/3/screening", ({ request }) => {
      const query = new URL(request.url).searchParams;
      const first = Number(query.get("cursor") ?? 0);
      const isShown = ({ decision, stage }: ScreenedClip) =>
        query.get("show") === "rejected" ? stage === "rejected" : decision === "";
      const shown = query.get("show") === "all" ? held.clips : held.clips.filter(isShown);
      return HttpResponse.json({
        results: shown.slice(first, first + 2),
        next: first + 2 < shown.length ? `http://site/?cursor=${first + 2}` : null,
        previous: null,
      });
    }),
    http.get("/api/v1/projects/3/screening/rules", () =>
      HttpResponse.json(
        { ...held.rules, usual: RULES },
        { headers: { ETag: `"${held.revision}"` } },
      ),
    ),
    http.get("/api/v1/projects/3", () =>
      HttpResponse.json({ settings: { sound_allowed: false }, revision: 1 }),
    ),
    http.get("/api/v1/projects/3/jobs", () =>
      HttpResponse.json({ results: [], next: null, previous: null }),
    ),
    http.post("/api/v1/clips/:clip/screening/:word", async ({ params, request }) => {
      const word = params.word === "keep" ? "keep" : "reject";
      held.decided.push(`${word} ${String(params.clip)}`);
      held.bodies.push(await request.json());
      return HttpResponse.json(change(Number(params.clip), WORDS[word]));
    }),
    http.post("/api/v1/clips/:clip/restore", ({ params }) => {
      held.decided.push(`restore ${String(params.clip)}`);
      const clip = change(Number(params.clip), { stage: "screening" });
      return HttpResponse.json({ ...CLIP, id: clip?.id, stage: clip?.stage });
    }),
  );
  return held;
}
