import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { Job } from "@/api/jobs";
import { makeJob } from "@/testing/jobs";
import { serveChange, serveRows, signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";

const RUNNING = makeJob({
  progress: { done: 3, total: 8, message: "Importing file 4 of 8." },
});

const DEAD: Job = {
  ...RUNNING,
  uid: "j2",
  kind: "annotation.tasks.run_export",
  state: "dead",
  error: "The disk is full.",
  can_cancel: false,
  can_retry: true,
};

test("a running job shows how far it is, a failed one why", async () => {
  signedInWith("lead");
  serveRows("/api/v1/projects/3/jobs", [RUNNING, DEAD]);
  openApp("/projects/3/jobs");
  const bar = await screen.findByRole("progressbar", { name: "Import of clips" });
  expect(bar).toHaveAttribute("value", "3");
  expect(screen.getByText("Importing file 4 of 8.")).toBeVisible();
  expect(screen.getByText("The disk is full.")).toBeVisible();
});

test("a failed job is tried again and the list is read anew", async () => {
  signedInWith("lead");
  let state: Job = DEAD;
  server.use(
    http.get("/api/v1/projects/3/jobs", () =>
      HttpResponse.json({ results: [state], next: null, previous: null }),
    ),
    http.post("/api/v1/jobs/j2/retry", () => {
      state = { ...DEAD, state: "done", error: "", can_retry: false };
      return HttpResponse.json(state);
    }),
  );
  const { person } = openApp("/projects/3/jobs");
  await person.click(await screen.findByRole("button", { name: "Try again" }));
  const table = screen.getByRole("table");
  expect(await within(table).findByText("Done")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Try again" })).not.toBeInTheDocument();
});

test("a job that runs no more refuses to be cancelled, in a sentence", async () => {
  signedInWith("ml");
  serveRows("/api/v1/projects/3/jobs", [RUNNING]);
  serveChange("post", "/api/v1/jobs/j1/cancel", { detail: "The job has ended." }, 409);
  const { person } = openApp("/projects/3/jobs");
  await person.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The job has ended.");
});

test("the list is read again while something runs and then no more", async () => {
  signedInWith("lead");
  let reads = 0;
  server.use(
    http.get("/api/v1/projects/3/jobs", () => {
      reads += 1;
      const job = reads < 2 ? RUNNING : { ...RUNNING, state: "done", can_cancel: false };
      return HttpResponse.json({ results: [job], next: null, previous: null });
    }),
  );
  openApp("/projects/3/jobs");
  const table = await screen.findByRole("table");
  expect(within(table).getByText("Running")).toBeVisible();
  expect(await within(table).findByText("Done")).toBeVisible();
  expect(reads).toBe(2);
});

test("no jobs: the page says where they come from", async () => {
  signedInWith("lead");
  serveRows("/api/v1/projects/3/jobs", []);
  openApp("/projects/3/jobs");
  expect(await screen.findByText("There are no jobs here")).toBeVisible();
});

test("jobs that cannot be read say so", async () => {
  signedInWith("lead");
  server.use(
    http.get("/api/v1/projects/3/jobs", () =>
      HttpResponse.json({ detail: "You may not see the jobs." }, { status: 403 }),
    ),
  );
  openApp("/projects/3/jobs");
  const main = screen.findByRole("main");
  expect(await within(await main).findByRole("alert")).toHaveTextContent(
    "You may not see the jobs.",
  );
});
