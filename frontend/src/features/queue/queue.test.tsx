import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { Queue, QueueReasons } from "@/api/types";
import { signedInWith } from "@/testing/people";
import { openApp, signedInAs } from "@/testing/render";
import { server } from "@/testing/server";

const REASONS: QueueReasons = {
  clips_total: 7,
  claimable: 0,
  already_yours: 3,
  held_by_others: 2,
  full: 0,
  skipped_by_you: 1,
  excluded_by_role_rule: 0,
  earlier_stage: 0,
  later_stage: 1,
  rejected_or_withdrawn: 0,
};

function serveQueue(queue: Queue): void {
  signedInAs();
  server.use(http.get("/api/v1/projects/3/queue", () => HttpResponse.json(queue)));
}

test("an empty queue says why, and the numbers add up", async () => {
  serveQueue({ annotator: { mine: [], available: 0, reasons: REASONS }, today: { submitted: 2 } });
  openApp("/projects/3/queue");
  expect(await screen.findByText("2 clips submitted today.")).toBeVisible();
  const card = screen.getByRole("region", { name: "Annotate" });
  expect(within(card).getByText("Of 7 clips in this project:")).toBeVisible();
  const counted = within(card).getAllByRole("listitem");
  expect(counted.map((item) => parseInt(item.textContent)).reduce((a, b) => a + b)).toBe(7);
  expect(counted.map((item) => item.textContent)).toContain("1 you skipped");
  expect(within(card).getByRole("button", { name: "Take the next clip" })).toBeDisabled();
});

test("taking the next clip opens it", async () => {
  serveQueue({ annotator: { mine: [], available: 5, reasons: REASONS }, today: { submitted: 0 } });
  let role: unknown;
  server.use(
    http.post("/api/v1/projects/3/claims", async ({ request }) => {
      role = await request.json();
      return HttpResponse.json({
        claim: { kind: "assignment", id: 41, clip_id: 9, clip_name: "c-9", status: "held" },
        reasons: REASONS,
      });
    }),
    http.get("/api/v1/assignments/41", () => HttpResponse.json({ status: 404 }, { status: 404 })),
  );
  const { person, router } = openApp("/projects/3/queue");
  await person.click(await screen.findByRole("button", { name: "Take the next clip" }));
  await expect.poll(() => router.state.location.pathname).toBe("/assignments/41");
  expect(role).toEqual({ role: "annotator" });
});

test("held work is listed with what was returned", async () => {
  serveQueue({
    annotator: {
      mine: [
        {
          kind: "assignment",
          id: 8,
          clip_id: 2,
          clip_name: "smile-02",
          lease_until: null,
          status: "returned",
        },
      ],
      available: 0,
      reasons: REASONS,
    },
    today: { submitted: 1 },
  });
  openApp("/projects/3/queue");
  const held = await screen.findByRole("list", { name: "Work you hold" });
  expect(within(held).getByRole("link", { name: "smile-02" })).toHaveAttribute(
    "href",
    "/assignments/8",
  );
  expect(within(held).getByText("Returned to you")).toBeVisible();
});

test("somebody else took the last clip: the refusal is shown", async () => {
  serveQueue({ annotator: { mine: [], available: 1, reasons: REASONS }, today: { submitted: 0 } });
  server.use(
    http.post("/api/v1/projects/3/claims", () =>
      HttpResponse.json(
        { title: "No", detail: "The project is closed.", status: 409, code: "transition_refused" },
        { status: 409 },
      ),
    ),
  );
  const { person } = openApp("/projects/3/queue");
  await person.click(await screen.findByRole("button", { name: "Take the next clip" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The project is closed.");
});

test.each([
  ["lead", "As its lead you can take a role.", 1],
  ["viewer", "The lead can give you a role.", 0],
] as const)("a %s without a queue is told how to get one", async (role, advice, links) => {
  serveQueue({ today: { submitted: 0 } });
  signedInWith(role);
  openApp("/projects/3/queue");
  expect(await screen.findByText(new RegExp(advice))).toBeVisible();
  const page = within(screen.getByRole("main"));
  expect(page.queryAllByRole("link", { name: "Members" })).toHaveLength(links);
});
