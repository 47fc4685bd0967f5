import { http, HttpResponse } from "msw";

import type { Assignment, QueueReasons } from "@/api/types";
import type { CaptionDocument } from "@/core/captionDocument";
import { CLIP } from "@/testing/clips";
import { signedInAs } from "@/testing/render";
import { server } from "@/testing/server";

export const REASONS: QueueReasons = {
  clips_total: 1,
  claimable: 0,
  already_yours: 1,
  held_by_others: 0,
  full: 0,
  skipped_by_you: 0,
  excluded_by_role_rule: 0,
  earlier_stage: 0,
  later_stage: 0,
  rejected_or_withdrawn: 0,
};

export const DRAFT: CaptionDocument = {
  schema: 1,
  external_attributes: [{ id: "b1", text: "A man with a beard.", inferences: [] }],
  facial_changes: [
    { id: "b2", text: "At the beginning he blinks.", inferences: [], phase: "beginning" },
  ],
  summary: { id: "b3", text: "A man grows calm.", inferences: [] },
};

const DOCUMENT: CaptionDocument = {
  schema: 1,
  external_attributes: [],
  facial_changes: [
    { id: "s2", text: "His brows fall.", inferences: [], phase: "middle", frames: [1, 2] },
  ],
  summary: null,
};

let lastId = 40;

/** An assignment and a clip of their own ids: the journal of this device outlives a test. */
export function makeAssignment(changes: Partial<Assignment> = {}): Assignment {
  lastId += 1;
  return {
    id: lastId,
    project_id: 3,
    clip: { ...CLIP, id: lastId },
    slot: 1,
    status: "held",
    lease_until: new Date(Date.now() + 20 * 60_000).toISOString(),
    revision: 4,
    document: DOCUMENT,
    saved_at: "2026-05-01T10:00:00Z",
    drafts: [{ uid: "d1", label: "X", document: DRAFT }],
    drafts_hidden_until_first_version: false,
    return: null,
    rules: { attributes_required: true, sound_allowed: false },
    can_undo: false,
    verdict: null,
    ...changes,
  };
}

/** A made-up server that holds one assignment and checks revisions as the real one does. */
export function serveAssignment(assignment: Assignment) {
  const held = { ...assignment, isOnline: true, sent: [] as unknown[] };
  const path = `/api/v1/assignments/${assignment.id}`;
  signedInAs();
  server.use(
    http.get(path, () => HttpResponse.json(held)),
    http.get(CLIP.timestamps_url, () =>
      HttpResponse.json({
        time_base: [1, 2],
        pts: [0, 1, 2],
        seconds: [0, 0.5, 1],
        duration_s: 1.5,
      }),
    ),
    http.patch(`${path}/working-text`, async ({ request }) => {
      if (!held.isOnline) return HttpResponse.error();
      const { document } = (await request.json()) as { document: CaptionDocument };
      if (request.headers.get("If-Match") !== `"${held.revision}"`) {
        const { revision: current, document: theirs } = held;
        return HttpResponse.json(
          { code: "revision_conflict", status: 409, detail: "Changed.", current, document: theirs },
          { status: 409 },
        );
      }
      held.revision += 1;
      held.document = document;
      return HttpResponse.json({
        revision: held.revision,
        saved_at: "2026-05-01T10:01:00Z",
        lease_until: held.lease_until,
      });
    }),
    http.get("/api/v1/projects/3/queue", () => HttpResponse.json({ today: { submitted: 1 } })),
  );
  return held;
}
