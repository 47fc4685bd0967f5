import { http, HttpResponse } from "msw";

import type { Me } from "@/api/types";
import type { Role } from "@/core/roles";
import { ADA, signedInAs } from "@/testing/render";
import { server } from "@/testing/server";

/** Signs a person in who has these roles in project 3. */
export function signedInWith(...roles: Role[]): Me {
  const me = { ...ADA, projects: [{ id: 3, uid: "p3", name: "Faces of spring", roles }] };
  signedInAs(me);
  return me;
}

/** Answers a list as its only page. */
export function serveRows(path: string, rows: unknown[]): void {
  server.use(
    http.get(path, () => HttpResponse.json({ results: rows, next: null, previous: null })),
  );
}

/** Answers a POST, PATCH or DELETE and keeps what was sent. */
export function serveChange(
  method: "post" | "patch" | "delete",
  path: string,
  answer: object = {},
  status = 200,
): { sent: unknown[] } {
  const kept: { sent: unknown[] } = { sent: [] };
  server.use(
    http[method](path, async ({ request }) => {
      const text = await request.text();
      kept.sent.push(text === "" ? null : JSON.parse(text));
      return status === 204
        ? new HttpResponse(null, { status })
        : HttpResponse.json(answer, { status });
    }),
  );
  return kept;
}
