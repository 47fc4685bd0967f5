import { http, HttpResponse } from "msw";

import type { Consolidation } from "@/api/consolidations";
import type { CrossValidation } from "@/api/crossValidations";
import type { CaptionDocument, Sentence } from "@/core/captionDocument";
import type { Pick } from "@/core/picks";
import { REASONS } from "@/testing/assignments";
import { CLIP } from "@/testing/clips";
import { signedInAs } from "@/testing/render";
import { server } from "@/testing/server";

export function sentence(id: string, text: string, content: Partial<Sentence> = {}): Sentence {
  return { id, text, inferences: [], ...content };
}

export function caption(
  attributes: readonly Sentence[],
  changes: readonly Sentence[],
  summary: Sentence | null = null,
): CaptionDocument {
  return {
    schema: 1,
    external_attributes: [...attributes],
    facial_changes: [...changes],
    summary,
  };
}

export const ANNOTATION_A = caption(
  [sentence("a1", "A man with a short beard.")],
  [
    sentence("a2", "His brows rise slightly.", { phase: "beginning", frames: [0, 1] }),
    sentence("a3", "His left eye closes.", { phase: "middle" }),
    sentence("a4", "He sighs.", { phase: "end" }),
  ],
  sentence("a5", "A man is tired."),
);

export const ANNOTATION_B = caption(
  [sentence("b1", "A man with a short beard.")],
  [
    sentence("b2", "His brows rise a little.", { phase: "beginning", frames: [0, 2] }),
    sentence("b3", "His right eye closes.", { phase: "middle" }),
  ],
  sentence("b5", "A man is tired."),
);

export const ANNOTATION_C = caption(
  [sentence("c1", "A man with a short beard.")],
  [sentence("c3", "His right eye closes.", { phase: "middle" })],
  sentence("c5", "A man is tired."),
);

const LABELLED = [ANNOTATION_A, ANNOTATION_B, ANNOTATION_C].map((document, index) => ({
  uid: `u${"abc".charAt(index)}`,
  label: "ABC".charAt(index),
  document,
  verdict: null,
  return: null,
}));

let lastId = 700;

function shared() {
  lastId += 1;
  return {
    id: lastId,
    uid: `review-${lastId}`,
    project_id: 3,
    clip: CLIP,
    status: "held" as const,
    lease_until: new Date(Date.now() + 20 * 60_000).toISOString(),
    revision: 2,
    document: caption([], []),
    rules: { attributes_required: true, sound_allowed: false },
  };
}

/** A consolidation of its own id: the journal of this device outlives a test. */
export function makeConsolidation(changes: Partial<Consolidation> = {}): Consolidation {
  return {
    ...shared(),
    annotations: LABELLED,
    drafts: [
      {
        uid: "d1",
        label: "X",
        document: caption([], [sentence("x1", "He blinks twice.", { phase: "end" })]),
      },
    ],
    round: 1,
    picks: [],
    votes: [],
    return_cap: 2,
    agreement: null,
    ...changes,
  };
}

export function makeCrossValidation(changes: Partial<CrossValidation> = {}): CrossValidation {
  return {
    ...shared(),
    mode: "check",
    step: 2,
    first_result: null,
    blind_document: null,
    agreement: null,
    second: null,
    annotations: [],
    drafts: [],
    marks: [],
    ...changes,
  };
}

interface Held {
  document: CaptionDocument;
  revision: number;
  picks: Pick[];
  /** Every other request: its last step and its body. */
  asked: { step: string; body: unknown; revision: string | null }[];
}

/** A made-up server that holds one review and checks revisions as the real one does. */
export function serveReview(
  folder: "consolidations" | "cross-validations",
  review: Consolidation | CrossValidation,
  answers: Readonly<Record<string, unknown>> = {},
): Held {
  const held: Held = {
    document: review.document,
    revision: review.revision,
    picks: [],
    asked: [],
  };
  const path = `/api/v1/${folder}/${review.id}`;
  signedInAs();
  server.use(
    http.get(path, () =>
      HttpResponse.json({ ...review, document: held.document, revision: held.revision }),
    ),
    http.get(CLIP.timestamps_url, () =>
      HttpResponse.json({
        time_base: [1, 2],
        pts: [0, 1, 2],
        seconds: [0, 0.5, 1],
        duration_s: 1.5,
      }),
    ),
    http.patch(`${path}/working-text`, async ({ request }) => {
      const body = (await request.json()) as { document: CaptionDocument; picks?: Pick[] };
      if (request.headers.get("If-Match") !== `"${held.revision}"`) {
        return HttpResponse.json(
          {
            code: "revision_conflict",
            status: 409,
            current: held.revision,
            document: held.document,
          },
          { status: 409 },
        );
      }
      held.revision += 1;
      held.document = body.document;
      held.picks.push(...(body.picks ?? []));
      return HttpResponse.json({
        revision: held.revision,
        saved_at: "2026-05-01T10:01:00Z",
        lease_until: review.lease_until,
      });
    }),
    http.all(`${path}/:step`, async ({ request, params }) => {
      const step = String(params.step);
      const body: unknown = await request.json();
      held.asked.push({ step, body, revision: request.headers.get("If-Match") });
      return HttpResponse.json(
        answers[step] ?? { stage: "approved", next: null, reasons: REASONS, status: "waiting" },
      );
    }),
    http.get("/api/v1/projects/3/queue", () => HttpResponse.json({ today: { submitted: 1 } })),
  );
  return held;
}
