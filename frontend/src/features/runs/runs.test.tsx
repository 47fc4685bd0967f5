import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { serveChange, signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";
import { RUN, serveRun } from "@/testing/runs";
import { server } from "@/testing/server";

/** The server's word on what is typed: too many epochs are too many. */
function serveCheck() {
  server.use(
    http.post("/api/v1/projects/3/training-runs/check", async ({ request }) => {
      const { recipe } = (await request.json()) as { recipe: { train: { epochs: number } } };
      const { epochs } = recipe.train;
      return HttpResponse.json({
        recipe,
        changed: {},
        steps: epochs * 2,
        memory: { total_gib: 6.83, parts: { logits: 2.5, libraries: 1 } },
        problems: epochs > 1000 ? [{ field: "train.epochs", message: "1000 at most." }] : [],
      });
    }),
  );
}

test("runs stand with their state, their steps and their loss", async () => {
  serveRun();
  openApp("/projects/3/runs");
  const table = await screen.findByRole("table", { name: "Training runs, newest first" });
  expect(within(table).getByRole("link", { name: "7. Small faces" })).toBeVisible();
  expect(within(table).getByText("Runs")).toBeVisible();
  expect(within(table).getByRole("progressbar", { name: "Steps of run 7" })).toHaveValue(3);
  expect(within(table).getByText("0.5")).toBeVisible();
});

test("a run that waits says for what, and others do not see the page", async () => {
  serveRun({ ...RUN, state: "queued", waits_for: "The devices are in use." });
  const { unmount } = openApp("/projects/3/runs");
  expect(await screen.findByText("The devices are in use.")).toBeVisible();
  unmount();
  signedInWith("annotator");
  openApp("/projects/3/runs");
  expect(await screen.findByText(/leads and ML staff/)).toBeVisible();
});

test("the curves are read off step by step with the arrow keys", async () => {
  serveRun();
  const { person } = openApp("/training-runs/r7");
  const loss = await screen.findByRole("slider", { name: "Step of Loss" });
  expect(loss).toHaveAttribute("aria-valuetext", "Step 3: Train 0.5, Validation 1.5");
  loss.focus();
  await person.keyboard("{ArrowLeft}");
  expect(loss).toHaveAttribute("aria-valuetext", "Step 2: Train 1, Validation 1.5");
  await person.keyboard("{ArrowLeft}{ArrowLeft}");
  expect(loss).toHaveAttribute("aria-valuetext", "Step 1: Train 2, Validation –");
  await person.click(screen.getByRole("switch", { name: "Logarithmic" }));
  expect(loss).toHaveAttribute("aria-valuenow", "1");
});

test("a run tells what it does, what differs from its preset, and the end of its log", async () => {
  serveRun();
  openApp("/training-runs/r7");
  expect(await screen.findByRole("heading", { name: "Run 7: Small faces" })).toBeVisible();
  expect(screen.getByText("Learning.")).toBeVisible();
  const changed = await screen.findByRole("table", { name: "What differs from The preset mini" });
  expect(within(changed).getAllByRole("row")).toHaveLength(2);
  expect(within(changed).getByText("Epochs")).toBeVisible();
  expect(await screen.findByText("6 clips to train with")).toBeVisible();
});

test("a run is stopped after a question, and a stopped one goes on", async () => {
  serveRun();
  const stopped = { ...RUN, state: "stopped", can_stop: false, can_resume: true };
  const asked = serveChange("post", "/api/v1/training-runs/r7/cancel", stopped);
  const { person } = openApp("/training-runs/r7");
  await person.click(await screen.findByRole("button", { name: "Stop…" }));
  const dialog = await screen.findByRole("dialog", { name: "Stop this run?" });
  await person.click(within(dialog).getByRole("button", { name: "Stop" }));
  expect(await screen.findByRole("button", { name: "Resume" })).toBeVisible();
  expect(asked.sent).toHaveLength(1);
});

test("what a stopped run had learned is registered, and named as its model", async () => {
  const stopped = { ...RUN, state: "stopped", can_resume: true, step_to_register: 3 } as const;
  serveRun(stopped);
  const done = {
    uid: "j1",
    state: "done",
    progress: { done: 1, total: 1, message: "" },
    error: "",
  };
  const asked = serveChange("post", "/api/v1/training-runs/r7/result", done);
  server.use(http.get("/api/v1/jobs/j1", () => HttpResponse.json(done)));
  const { person } = openApp("/training-runs/r7");
  const register = await screen.findByRole("button", { name: "Register this result" });
  const model = { uid: "m1", name: "Small faces (step 3 of 12)", stopped_at_step: 3 };
  serveRun({ ...stopped, step_to_register: null, models: [model] });
  await person.click(register);
  expect(await screen.findByRole("link", { name: model.name })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Register this result" })).toBeNull();
  expect(asked.sent).toHaveLength(1);
});

test("what failed says why", async () => {
  serveRun({ ...RUN, state: "failed", reason: "The loss is no number.", can_resume: true });
  openApp("/training-runs/r7");
  expect(await screen.findByRole("alert")).toHaveTextContent("The loss is no number.");
});

test("a new run is checked while it is chosen, and started with what was changed", async () => {
  serveRun();
  serveCheck();
  const started = serveChange("post", "/api/v1/projects/3/training-runs", RUN);
  const { person, router } = openApp("/projects/3/runs/new");
  await person.type(await screen.findByLabelText("Name"), "Longer");
  const epochs = screen.getByLabelText("Epochs");
  await person.clear(epochs);
  await person.type(epochs, "1001");
  expect((await screen.findAllByText(/1000 at most/)).length).toBeGreaterThan(1);
  await person.clear(epochs);
  await person.type(epochs, "9");
  await expect.poll(() => screen.queryByText(/1000 at most/)).toBeNull();
  expect(screen.getByText("6.8 GiB")).toBeVisible();
  const changed = screen.getByRole("table", { name: "What differs from The preset mini" });
  expect(within(changed).getByText("9")).toBeVisible();

  await person.click(screen.getByRole("button", { name: "Start the run" }));
  await expect.poll(() => router.state.location.pathname).toBe("/training-runs/r7");
  expect(started.sent).toMatchObject([
    { name: "Longer", version: "v2", device_kind: "cpu", recipe: { train: { epochs: 9 } } },
  ]);
});

test("a clone that learns from other texts says so", async () => {
  serveRun({ ...RUN, cloned_from: { uid: "r6", number: 6, name: "First" } });
  const first = { ...RUN, uid: "r6", version: { uid: "v1", number: 1, rendering: "full" } };
  const loss = [1, 2].map((step) => ({ step, loss: 3 * step }));
  server.use(
    http.get("/api/v1/training-runs/r6", () => HttpResponse.json(first)),
    http.get("/api/v1/training-runs/r6/metrics", () => HttpResponse.json({ points: loss })),
  );
  openApp("/training-runs/r7");
  const differing = await screen.findByRole("table", { name: "What differs from Run 6" });
  expect(within(differing).getByText("Version 1: full text")).toBeVisible();
  expect(within(differing).getByText("Version 2: without inferences")).toBeVisible();
  const both = "Step 3: Train 0.5, Validation 1.5, Run 6 6";
  const slider = screen.getByRole("slider", { name: "Step of Loss" });
  await expect.poll(() => slider.getAttribute("aria-valuetext")).toBe(both);
});

test("a clone begins with the recipe of the run and shows what differs from it", async () => {
  serveRun();
  serveCheck();
  const { person } = openApp("/projects/3/runs/new?from=r7");
  const epochs = await screen.findByLabelText("Epochs");
  expect(epochs).toHaveValue("2");
  expect(screen.getByText("Nothing: the recipe is that of run 7.")).toBeVisible();
  await person.clear(epochs);
  await person.type(epochs, "3");
  expect(await screen.findByRole("table", { name: "What differs from Run 7" })).toBeVisible();
});
