import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import type { Quota } from "@/api/sampling";
import type { Role } from "@/core/roles";
import { makeJob } from "@/testing/jobs";
import { serveChange, serveRows } from "@/testing/people";
import { openApp } from "@/testing/render";
import { screened, serveScreening } from "@/testing/screening";
import { server } from "@/testing/server";

const PATH = "/projects/3/screening?part=sampling";
const HAPPY: Quota = { source: 4, emotion: "happy", wanted: 40, taken: 12, waiting: 7 };
const GROUPS = { duplicate_groups: 0, person_groups: 0, embeddings: 9 };
const JOB = makeJob({
  kind: "annotation.ml_tasks.group_clips",
  progress: { done: 1, total: 2, message: "" },
});

interface HeldPlan {
  quotas: Quota[];
  stored: unknown[];
}

function servePlan(quotas: Quota[], ...roles: Role[]): HeldPlan {
  const held: HeldPlan = { quotas, stored: [] };
  serveScreening([], ...roles);
  serveRows("/api/v1/projects/3/sources", [
    { id: 4, name: "Own recordings" },
    { id: 5, name: "Films" },
  ]);
  server.use(
    http.get("/api/v1/projects/3/groups", () => HttpResponse.json(GROUPS)),
    http.get("/api/v1/projects/3/sampling-plan", () => HttpResponse.json({ quotas: held.quotas })),
    http.put("/api/v1/projects/3/sampling-plan", async ({ request }) => {
      const body = (await request.json()) as { quotas: Quota[] };
      held.stored.push(body);
      held.quotas = body.quotas.map((quota) => ({ ...quota, taken: 0, waiting: 3 }));
      return HttpResponse.json({ quotas: held.quotas });
    }),
  );
  return held;
}

async function lines(): Promise<HTMLElement[]> {
  const [, ...rows] = within(await screen.findByRole("table", { name: "Quotas" })).getAllByRole(
    "row",
  );
  return rows;
}

test("each quota stands with what there is and what can be drawn", async () => {
  servePlan([HAPPY]);
  openApp(PATH);
  const [line] = await lines();
  const cells = within(line ?? document.body).getAllByRole("cell");
  expect(cells.map(({ textContent }) => textContent).slice(3, 5)).toEqual(["12", "7"]);
  expect(screen.getByLabelText("Emotion")).toHaveValue("happy");
  expect(screen.getByLabelText("Source")).toHaveValue("4");
});

test("lines are added and the whole plan is stored at once", async () => {
  const held = servePlan([HAPPY]);
  const { person } = openApp(PATH);
  await person.click(await screen.findByRole("button", { name: "Add a line" }));
  const [, second] = await lines();
  const line = within(second ?? document.body);
  await person.selectOptions(line.getByLabelText("Source"), "Films");
  await person.type(line.getByLabelText("Emotion"), " sad ");
  await person.clear(line.getByLabelText("Wanted"));
  await person.type(line.getByLabelText("Wanted"), "25");
  expect(held.stored).toEqual([]);
  await person.click(screen.getByRole("button", { name: "Save the plan" }));
  expect(await screen.findByRole("button", { name: "Draw clips" })).toBeEnabled();
  expect(held.stored).toEqual([
    {
      quotas: [
        { source: 4, emotion: "happy", wanted: 40 },
        { source: 5, emotion: "sad", wanted: 25 },
      ],
    },
  ]);
});

test("a source and an emotion that stand twice are not stored", async () => {
  servePlan([HAPPY]);
  const { person } = openApp(PATH);
  await person.click(await screen.findByRole("button", { name: "Add a line" }));
  const [, second] = await lines();
  await person.type(within(second ?? document.body).getByLabelText("Emotion"), "happy");
  expect(screen.getByText(/Take one of the two away/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Save the plan" })).toBeDisabled();
});

test("a draw says how many clips it opened, and the counts follow", async () => {
  servePlan([HAPPY]);
  server.use(
    http.post("/api/v1/projects/3/sampling-plan/draw", () =>
      HttpResponse.json({ drawn: 7, quotas: [{ ...HAPPY, taken: 19, waiting: 0 }] }),
    ),
  );
  const { person } = openApp(PATH);
  await person.click(await screen.findByRole("button", { name: "Draw clips" }));
  expect(await screen.findByText("7 clips were drawn and opened.")).toBeVisible();
  const [line] = await lines();
  expect(within(line ?? document.body).getByRole("cell", { name: "19" })).toBeVisible();
});

test("ending the plan asks first, because it opens every clip that waits", async () => {
  const held = servePlan([HAPPY]);
  const { person } = openApp(PATH);
  await person.click(await screen.findByRole("button", { name: "Remove the line happy" }));
  await person.click(screen.getByRole("button", { name: "Save the plan…" }));
  expect(held.stored).toEqual([]);
  await person.click(await screen.findByRole("button", { name: "End the plan" }));
  expect(await screen.findByText("There is no sampling plan")).toBeVisible();
  expect(held.stored).toEqual([{ quotas: [] }]);
});

test("ML staff read the plan and cannot change it", async () => {
  servePlan([HAPPY], "ml");
  openApp(PATH);
  expect(await screen.findByLabelText("Wanted")).toBeDisabled();
  expect(screen.queryByRole("button", { name: "Draw clips" })).not.toBeInTheDocument();
});

test("clips are compared by a job, and the counts are read anew when it ends", async () => {
  servePlan([]);
  let groups = GROUPS;
  server.use(
    http.get("/api/v1/projects/3/groups", () => HttpResponse.json(groups)),
    http.get("/api/v1/jobs/j1", () => {
      groups = { duplicate_groups: 2, person_groups: 5, embeddings: 0 };
      return HttpResponse.json({ ...JOB, state: "done" });
    }),
  );
  const asked = serveChange("post", "/api/v1/projects/3/groups", JOB, 202);
  const { person } = openApp(PATH);
  const card = within(await screen.findByRole("region", { name: "Clips that belong together" }));
  expect(await card.findByText("9")).toBeVisible();
  await person.dblClick(card.getByRole("button", { name: "Compare the clips" }));
  expect(await card.findByText("5")).toBeVisible();
  expect(card.getByText("2")).toBeVisible();
  expect(asked.sent).toHaveLength(1);
});

const PROPOSAL = {
  crop: [0, 40, 640, 280],
  reason: "Black bars above and below.",
  confidence: 0.9,
};

test("a proposed crop shows the picture before and after, and a job cuts it", async () => {
  const held = serveScreening([screened(1, { crop_proposal: PROPOSAL })]);
  server.use(
    http.get("/api/v1/jobs/j1", () => {
      held.clips = [screened(1, { crop: PROPOSAL.crop, width: 640, height: 280 })];
      return HttpResponse.json({ ...JOB, state: "done" });
    }),
  );
  const asked = serveChange("post", "/api/v1/clips/1/crop", JOB, 202);
  const { person } = openApp("/projects/3/screening");
  const crop = within(await screen.findByRole("region", { name: "Crop" }));
  expect(crop.getByText(PROPOSAL.reason)).toBeVisible();
  expect(crop.getByRole("img", { name: "Before" })).toBeVisible();
  expect(crop.getByText("640 × 280")).toBeVisible();
  await person.click(crop.getByRole("button", { name: "Cut it off" }));
  expect(await screen.findByRole("button", { name: "Show the whole picture" })).toBeVisible();
  expect(asked.sent).toEqual([{ crop: PROPOSAL.crop }]);
});

test("a proposed crop is dismissed, and is not proposed any more", async () => {
  const held = serveScreening([screened(1, { crop_proposal: PROPOSAL })]);
  const bodies: unknown[] = [];
  server.use(
    http.post("/api/v1/clips/1/screening/dismiss-crop", async ({ request }) => {
      bodies.push(await request.json());
      held.clips = [screened(1)];
      return HttpResponse.json(held.clips[0]);
    }),
  );
  const { person } = openApp("/projects/3/screening");
  await person.click(await screen.findByRole("button", { name: "Leave it as it is" }));
  await vi.waitFor(() =>
    expect(screen.queryByRole("region", { name: "Crop" })).not.toBeInTheDocument(),
  );
  expect(bodies).toEqual([{ crop: PROPOSAL.crop }]);
});

test("a crop is taken back", async () => {
  serveScreening([screened(1, { crop: PROPOSAL.crop })]);
  server.use(http.get("/api/v1/jobs/j1", () => HttpResponse.json({ ...JOB, state: "done" })));
  const asked = serveChange("post", "/api/v1/clips/1/crop", JOB, 202);
  const { person } = openApp("/projects/3/screening");
  await person.click(await screen.findByRole("button", { name: "Show the whole picture" }));
  expect(await screen.findByText("Done")).toBeVisible();
  expect(asked.sent).toEqual([{ crop: null }]);
});

test("clips that look alike are named, and one click shows the other", async () => {
  serveScreening([
    screened(1, { duplicate_group: "g1", person_group: "p1" }),
    screened(2, { duplicate_group: "g1" }),
  ]);
  const { person } = openApp("/projects/3/screening");
  const alike = await screen.findByRole("list", { name: "Nearly the same picture" });
  expect(screen.getByText("in clips outside of this list.")).toBeVisible();
  await person.click(within(alike).getByRole("button", { name: "take-2" }));
  expect(await screen.findByRole("region", { name: "Clip take-2" })).toBeVisible();
});
