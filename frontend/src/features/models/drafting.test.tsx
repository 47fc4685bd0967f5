import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { Estimate, QueuedVersion, Spending } from "@/api/drafts";
import { makeJob } from "@/testing/jobs";
import { serveModels } from "@/testing/models";
import { serveChange, serveRows, signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";
import { spentDays } from "./spentDays";

const PATH = "/projects/3/models?part=drafting";

const ESTIMATE: Estimate = {
  clips: 120,
  drafted: 30,
  hindered: 10,
  to_draft: 80,
  cost: "3.200000",
  is_measured: true,
  budget_left: "12.500000",
};

const JOB = makeJob({
  kind: "annotation.tasks.draft_again",
  progress: { done: 20, total: 80, message: "Asking for draft 21 of 80." },
});

const SPENDING: Spending = {
  limit: "20.000000",
  spent: "7.000000",
  reserved: "0.500000",
  revision: 4,
  by_model: [
    {
      version: "large",
      name: "Large one",
      calls: 210,
      unanswered: 3,
      input_tokens: 4_200_000,
      output_tokens: 63_000,
      price: "7.000000",
    },
  ],
  by_day: [{ day: new Date().toISOString().slice(0, 10), price: "1.250000" }],
};

function serveDrafting(queued: QueuedVersion[] = [], spending: Spending = SPENDING): void {
  serveModels();
  serveRows("/api/v1/projects/3/sources", [{ id: 4, name: "Own recordings" }]);
  server.use(
    http.get("/api/v1/projects/3/draft-queue", () => HttpResponse.json({ versions: queued })),
    http.get("/api/v1/projects/3/spending", () => HttpResponse.json(spending)),
  );
}

test("the cost is told first, then the drafts are asked for and the job is followed", async () => {
  serveDrafting();
  const estimated = serveChange("post", "/api/v1/projects/3/redraft/estimate", ESTIMATE);
  const started = serveChange("post", "/api/v1/projects/3/redraft", { job: JOB }, 202);
  server.use(http.get("/api/v1/jobs/j1", () => HttpResponse.json(JOB)));
  const { person } = openApp(PATH);
  const form = await screen.findByRole("form", { name: "Draft many clips" });
  await within(form).findByRole("option", { name: "Large one" });
  await person.selectOptions(within(form).getByLabelText("Model"), "Large one");
  await person.selectOptions(within(form).getByLabelText("Stage"), "Annotating");
  await within(form).findByRole("option", { name: "Own recordings" });
  await person.selectOptions(within(form).getByLabelText("Source"), "Own recordings");
  await person.type(within(form).getByLabelText("Emotion"), "sad");
  await person.click(within(form).getByRole("button", { name: "Estimate the cost" }));
  const estimate = await screen.findByRole("region", { name: "Estimate" });
  expect(estimate).toHaveTextContent("80 would be drafted");
  expect(estimate).toHaveTextContent("about 3.20, by what this model's drafts cost so far");
  expect(started.sent).toEqual([]);
  await person.click(within(estimate).getByRole("button", { name: "Ask for 80 drafts" }));
  const bar = await screen.findByRole("progressbar", { name: "Asking for drafts" });
  expect(bar).toHaveAttribute("value", "20");
  const choice = { version: "large", stage: "annotating", source: 4, emotion: "sad" };
  expect(estimated.sent).toEqual([choice]);
  expect(started.sent).toEqual([choice]);
});

test("an estimate of another choice is not shown any more", async () => {
  serveDrafting();
  serveChange("post", "/api/v1/projects/3/redraft/estimate", ESTIMATE);
  const { person } = openApp(PATH);
  await person.click(await screen.findByRole("button", { name: "Estimate the cost" }));
  await screen.findByRole("region", { name: "Estimate" });
  await person.selectOptions(screen.getByLabelText("Stage"), "Annotating");
  expect(screen.queryByRole("region", { name: "Estimate" })).not.toBeInTheDocument();
});

test("a cost above the budget warns, and nothing to draft cannot be asked for", async () => {
  serveDrafting();
  const dear = { ...ESTIMATE, cost: "13", to_draft: 0, is_measured: false };
  serveChange("post", "/api/v1/projects/3/redraft/estimate", dear);
  const { person } = openApp(PATH);
  await person.click(await screen.findByRole("button", { name: "Estimate the cost" }));
  expect(await screen.findByText("The budget does not reach.")).toBeVisible();
  expect(screen.getByText(/guessed from the size of a request/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Ask for 0 drafts" })).toBeDisabled();
});

test("what waits says what stands before it and for how long", async () => {
  const large = { version: "large", name: "Large one", running: 4, waiting: 212, ahead: 30 };
  serveDrafting([
    { ...large, seconds_left: 1310 },
    { ...large, version: "small", name: "Small one", seconds_left: null },
  ]);
  openApp(PATH);
  const table = await screen.findByRole("table", { name: "Drafts that wait, by model" });
  const [, first, second] = within(table).getAllByRole("row");
  expect(first).toHaveTextContent("Large one421230about 22 minutes");
  expect(second).toHaveTextContent("Not known yet");
});

test("the budget stands beside what was spent, by model and by day", async () => {
  serveDrafting();
  openApp(PATH);
  const card = await screen.findByRole("region", { name: "Budget and spending" });
  expect(await within(card).findByText(/spent of 20.00/)).toHaveTextContent("7.00");
  expect(within(card).getByText("12.50")).toBeVisible();
  expect(within(card).getByText("4,200,000")).toBeVisible();
  const days = within(card).getByRole("list", { name: "Spent by day" });
  expect(within(days).getByRole("listitem")).toHaveTextContent("1.25");
  expect(within(card).queryByRole("form", { name: "Budget" })).not.toBeInTheDocument();
});

test("a lead changes the budget", async () => {
  serveDrafting();
  signedInWith("lead");
  const changed = serveChange("patch", "/api/v1/projects/3/spending", {
    ...SPENDING,
    limit: "30.000000",
    revision: 5,
  });
  const { person } = openApp(PATH);
  const form = await screen.findByRole("form", { name: "Budget" });
  const button = within(form).getByRole("button", { name: "Change the budget" });
  expect(button).toBeDisabled();
  const limit = within(form).getByLabelText("Budget of the project");
  await person.clear(limit);
  await person.type(limit, "30");
  await person.click(button);
  expect(await screen.findByText(/spent of 30.00/)).toBeVisible();
  expect(changed.sent).toEqual([{ limit: "30" }]);
});

test("where nothing may be spent and nothing was, the page says so", async () => {
  serveDrafting([], {
    ...SPENDING,
    limit: "0",
    spent: "0",
    reserved: "0",
    by_model: [],
    by_day: [],
  });
  openApp(PATH);
  expect(await screen.findByText(/not asked until a lead raises the budget/)).toBeVisible();
  expect(screen.getByText("No hosted model was asked yet.")).toBeVisible();
  expect(screen.getByText("Nothing was spent in the last 30 days.")).toBeVisible();
});

test("the last 30 days end today and have a place for days without spending", () => {
  const days = spentDays([{ day: "2026-04-30", price: "2.5" }], new Date("2026-05-01T23:00:00Z"));
  expect(days).toHaveLength(30);
  expect(days[0]).toEqual({ day: "2026-04-02", price: 0 });
  expect(days.slice(-2)).toEqual([
    { day: "2026-04-30", price: 2.5 },
    { day: "2026-05-01", price: 0 },
  ]);
});
