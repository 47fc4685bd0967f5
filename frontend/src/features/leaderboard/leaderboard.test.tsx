import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import type { Judging, ScoreDifference } from "@/api/evaluations";
import {
  CHANCE,
  EVALUATION,
  LEADERBOARD,
  ROW,
  score,
  serveLeaderboard,
} from "@/testing/evaluations";
import { makeJob } from "@/testing/jobs";
import { RULES } from "@/testing/models";
import { serveChange, serveRows } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";
import { endOf, saySignTest, standingOf } from "./metricLabels";

const PATH = "/projects/3/leaderboard";
const BEHIND: ScoreDifference = {
  value: -0.05,
  low: -0.09,
  high: -0.01,
  wins: 12,
  losses: 25,
  ties: 3,
  p: 0.047,
};

const scores = () => screen.findByRole("table", { name: "Scores" });

test("only an interval without 0 tells two rows apart", () => {
  expect(standingOf(BEHIND)).toBe("worse");
  expect(standingOf({ ...BEHIND, high: 0.01 })).toBe("unclear");
  expect(standingOf({ ...BEHIND, low: 0.01, high: 0.02 })).toBe("better");
  // As clear as that, and of four clips.
  expect(standingOf({ ...BEHIND, wins: 0, losses: 4, ties: 0 })).toBe("unclear");
  expect(saySignTest({ ...BEHIND, p: 0.0001 })).toBe(
    "12 clips up, 25 down, 3 equal; p below 0.001",
  );
});

test("a plot of CIDEr ends at the best row, others at what can be reached", () => {
  const rows = [{ scores: { cider: score(0.4) } }];
  expect(endOf("cider", rows)).toBeCloseTo(0.45);
  expect([endOf("tem", rows), endOf("detail", rows)]).toEqual([1, 5]);
});

test("models, people and chance stand apart, with intervals, counts and warnings", async () => {
  serveLeaderboard();
  openApp(PATH);
  const table = await scores();
  const groups = within(table)
    .getAllByRole("rowgroup")
    .slice(1)
    .map((group) => within(group).getAllByRole("rowheader").length);
  // Each has its title and one row.
  expect(groups).toEqual([2, 2, 2]);
  const row = within(table).getByRole("row", { name: /^Rules on measured signals/ });
  expect(row).toHaveTextContent("40 clips, 2 without a text, 2.0 s a clip");
  expect(row).toHaveTextContent("0.310 0.260 to 0.360");
  expect(within(table).getByText("Other clips or references")).toBeVisible();
  expect(screen.getByText("second reviewers, blind: scored on other clips.")).toBeVisible();
  expect(screen.getByText(/tells no persons apart/)).toBeVisible();
  expect(screen.getByText(/no row to compare with directly/)).toBeVisible();
});

test("rows are compared with a chosen one, in the address and in the files", async () => {
  const kept = serveLeaderboard({
    ...LEADERBOARD,
    rows: [ROW, { ...CHANCE, differences: { tem: BEHIND } }],
  });
  const { person, router } = openApp(PATH);
  const table = await scores();
  const chance = within(table).getByRole("row", { name: /^chance/ });
  expect(chance).toHaveTextContent("▼ worse −0.050 (−0.090 to −0.010)");
  expect(chance).toHaveTextContent("12 clips up, 25 down, 3 equal; p 0.047");
  const [first] = within(table).getAllByRole("button", { name: "Compare others with this" });
  if (first !== undefined) await person.click(first);
  expect(router.state.location.search).toMatchObject({ version: "v1", against: "own" });
  expect(kept.asked.at(-1)?.searchParams.get("against")).toBe("own");
  expect(await screen.findByRole("link", { name: "LaTeX" })).toHaveAttribute(
    "href",
    "/api/v1/dataset-versions/v1/leaderboard/latex?split=test&judge=&against=own",
  );
});

test("what is under way says how far it is, and can be stopped", async () => {
  const job = makeJob({
    uid: "j1",
    state: "running",
    progress: { done: 4, total: 40, message: "Clip 4 of 40. About 2 minutes left." },
    can_cancel: true,
  });
  serveLeaderboard(LEADERBOARD, [{ ...EVALUATION, status: "predicting", job }]);
  const { sent } = serveChange("post", "/api/v1/jobs/j1/cancel", job);
  const { person } = openApp(PATH);
  expect(await screen.findByText("Clip 4 of 40. About 2 minutes left.")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Stop" }));
  expect(sent).toHaveLength(1);
});

test("a model is evaluated by the offline judge, in what that can give", async () => {
  serveLeaderboard();
  serveRows("/api/v1/projects/3/models", [RULES]);
  const { sent } = serveChange("post", "/api/v1/dataset-versions/v1/evaluations", EVALUATION, 202);
  const { person } = openApp(PATH);
  await person.click(await screen.findByRole("button", { name: "Evaluate a model" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByRole("checkbox", { name: "Detail" })).toBeDisabled();
  await person.click(within(dialog).getByRole("combobox", { name: "Model version" }));
  await person.click(await screen.findByRole("option", { name: "Rules on measured signals" }));
  await person.click(within(dialog).getByRole("button", { name: "Evaluate" }));
  const asked: Judging = {
    model: "rules",
    split: "test",
    judge: "",
    metrics: ["cider", "rouge_l", "autodq", "tem"],
    rewrites: false,
    judges_others: false,
    anew: false,
  };
  expect(sent).toEqual([asked]);
});

test("a file is looked at first, and scored in part only when told so", async () => {
  serveLeaderboard();
  serveRows("/api/v1/projects/3/models", []);
  const names: string[] = [];
  server.use(
    http.post("/api/v1/dataset-versions/v1/evaluations/check", () =>
      HttpResponse.json({ clips: 38, empty: 1, missing: ["a.mp4", "b.mp4"], extra: [] }),
    ),
    http.post("/api/v1/dataset-versions/v1/evaluations/upload", async ({ request }) => {
      const text = await request.text();
      names.push(...["Mine", "common_only"].filter((name) => text.includes(name)));
      return HttpResponse.json(EVALUATION, { status: 202 });
    }),
  );
  const { person } = openApp(PATH);
  await person.click(await screen.findByRole("button", { name: "Upload predictions" }));
  const dialog = await screen.findByRole("dialog");
  await person.type(within(dialog).getByRole("textbox", { name: "Name of the row" }), "Mine");
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (input !== null) await person.upload(input, new File(["{}"], "p.json"));
  await person.click(within(dialog).getByRole("button", { name: "Check the file" }));
  expect(await within(dialog).findByText("Without a text: a.mp4, b.mp4.")).toBeVisible();
  const send = within(dialog).getByRole("button", { name: "Evaluate" });
  expect(send).toBeDisabled();
  await person.click(within(dialog).getByRole("checkbox", { name: /^Score what both have/ }));
  await person.click(send);
  await vi.waitFor(() => expect(names).toEqual(["Mine", "common_only"]));
});

test("judges are compared by their texts, their order of rows, and people", async () => {
  serveLeaderboard();
  const same = { count: 40, pearson: 0.812, spearman: 0.7, tau: -0.25 };
  const few = { count: 2, pearson: null, spearman: null, tau: null };
  const job = makeJob({ uid: "c1", state: "done", can_cancel: false });
  serveChange(
    "post",
    "/api/v1/dataset-versions/v1/judge-comparisons",
    { job: { ...job, state: "running" }, result: null },
    202,
  );
  server.use(
    http.get("/api/v1/judge-comparisons/c1", () =>
      HttpResponse.json({
        job,
        result: {
          judges: ["offline", "large"],
          pairs: [
            {
              one: 0,
              other: 1,
              metrics: [{ metric: "tem", texts: same, rows: few }],
              events: { texts: 40, f1: 0.6, one_each: 5, other_each: 4 },
              relations: { count: 90, equal: 0.9, kappa: 0.5 },
            },
          ],
          people: [
            { verdicts: same, outcomes: few },
            { verdicts: few, outcomes: few },
          ],
        },
      }),
    ),
  );
  const { person } = openApp(PATH);
  await person.click(
    await screen.findByRole("button", { name: "Compare the judges of this split" }),
  );
  const pair = await screen.findByRole("region", { name: "offline and large" });
  expect(
    within(pair)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  ).toEqual(["TEM", "0.81", "0.70", "−0.25", "40", "–", "2"]);
  expect(pair).toHaveTextContent("0.90, kappa 0.50, of 90");
  const people = screen.getByRole("region", { name: "Judges beside people" });
  expect(people).toHaveTextContent("offline0.70 (40 annotations)– (2 reviews)");
});
