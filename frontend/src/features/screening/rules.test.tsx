import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import type { Job } from "@/api/jobs";
import type { Role } from "@/core/roles";
import { makeJob } from "@/testing/jobs";
import { serveChange } from "@/testing/people";
import { openApp } from "@/testing/render";
import { RULES, serveScreening } from "@/testing/screening";
import { server } from "@/testing/server";

const PATH = "/projects/3/screening?part=rules";

/** Takes changes that were made on the newest revision only. */
function serveRules(...roles: Role[]) {
  const held = serveScreening([], ...roles);
  const saved: unknown[] = [];
  server.use(
    http.patch("/api/v1/projects/3/screening/rules", async ({ request }) => {
      if (request.headers.get("If-Match") !== `"${held.revision}"`) {
        return HttpResponse.json(
          { code: "revision_conflict", detail: "Read them again." },
          { status: 409 },
        );
      }
      const changes = (await request.json()) as Partial<typeof RULES>;
      saved.push(changes);
      held.rules = { ...held.rules, ...changes };
      held.revision += 1;
      const answer = { ...held.rules, usual: RULES };
      return HttpResponse.json(answer, { headers: { ETag: `"${held.revision}"` } });
    }),
  );
  return { held, saved };
}

test("each bound stands with its unit, its usual value and what follows", async () => {
  serveRules();
  openApp(PATH);
  const flags = await screen.findByRole("region", { name: "Flags for a lead" });
  const area = within(flags).getByLabelText("Smallest main face");
  expect(area).toHaveValue("5 %");
  expect(area).toHaveAccessibleDescription("Its mean share of the picture. Usually 5 %.");
  expect(within(flags).getByLabelText("Least motion")).toHaveValue("0.4 %");
  expect(within(flags).getByText(/waits until a lead keeps or rejects it/)).toBeVisible();
  const rejects = screen.getByRole("region", { name: "Rejects at once" });
  expect(within(rejects).getByLabelText("Longest clip")).toHaveValue("20 s");
});

test("only what was changed is saved, in the units of the server", async () => {
  const { saved } = serveRules();
  const { person } = openApp(PATH);
  const area = await screen.findByLabelText("Smallest main face");
  await person.clear(area);
  await person.type(area, "2.5");
  await person.click(screen.getByRole("switch", { name: /^A face must be seen/ }));
  await person.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/^Saved\./)).toBeVisible();
  expect(saved).toEqual([{ min_main_area: 0.025, needs_face: false }]);
  const cuts = screen.getByLabelText("Most cuts in 10 s");
  await person.clear(cuts);
  await person.type(cuts, "4");
  await person.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText(/^Saved\./);
  expect(saved[1]).toEqual({ max_cuts_per_10_s: 4 });
});

test("the usual bounds come back by one button, and only when they are saved", async () => {
  const { held, saved } = serveRules();
  held.rules = { ...RULES, max_seconds: 90, min_motion: 0 };
  const { person } = openApp(PATH);
  expect(await screen.findByLabelText("Longest clip")).toHaveValue("90 s");
  await person.click(screen.getByRole("button", { name: "Use the usual bounds" }));
  expect(screen.getByLabelText("Longest clip")).toHaveValue("20 s");
  expect(saved).toEqual([]);
  await person.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText(/^Saved\./);
  expect(saved).toEqual([RULES]);
});

test("another lead's change meanwhile shows, and one's own stays to be saved again", async () => {
  const { held, saved } = serveRules();
  const { person } = openApp(PATH);
  const people = await screen.findByLabelText("Most people");
  await person.clear(people);
  await person.type(people, "3");
  held.rules = { ...RULES, max_seconds: 12 };
  held.revision = 7;
  await person.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/Somebody else changed the rules/)).toBeVisible();
  expect(screen.getByLabelText("Longest clip")).toHaveValue("12 s");
  expect(people).toHaveValue("3");
  await person.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText(/^Saved\./);
  expect(saved).toEqual([{ max_identities: 3 }]);
});

test("ML staff read the bounds and cannot change them", async () => {
  serveRules("ml");
  openApp(PATH);
  expect(await screen.findByLabelText("Longest clip")).toBeDisabled();
  expect(screen.queryByRole("button", { name: "Save" })).not.toBeInTheDocument();
});

const TRACKING = makeJob({
  kind: "annotation.ml_tasks.track_faces",
  progress: { done: 40, total: 98, message: "Looking for faces." },
});

test("missing clips are tracked, and how far that is shows until it ends", async () => {
  serveScreening([]);
  let jobs: Job[] = [];
  server.use(
    http.get("/api/v1/projects/3/jobs", ({ request }) => {
      const state = new URL(request.url).searchParams.get("state");
      const results = jobs.filter((job) => job.state === state);
      return HttpResponse.json({ results, next: null, previous: null });
    }),
    http.post("/api/v1/projects/3/track", () => {
      const waiting: Job = { ...TRACKING, uid: "j2", state: "queued" };
      const other: Job = { ...waiting, uid: "j3", kind: "annotation.tasks.run_export" };
      jobs = [TRACKING, waiting, other];
      return HttpResponse.json({ asked: 2, left: 5 }, { status: 202 });
    }),
  );
  const { person } = openApp("/projects/3/screening");
  await person.click(await screen.findByRole("button", { name: "Track the missing clips" }));
  expect(await screen.findByText(/2 clips are tracked now. 5 are left/)).toBeVisible();
  expect(await screen.findByRole("progressbar")).toHaveAttribute("value", "40");
  expect(screen.getByText("1 more waits.")).toBeVisible();
  jobs = [];
  await vi.waitFor(() => expect(screen.queryByRole("progressbar")).not.toBeInTheDocument(), 6000);
  expect(screen.queryByText("1 more waits.")).not.toBeInTheDocument();
});

test("without face models the button says what to do", async () => {
  serveScreening([]);
  const detail = "No worker has the face models. Fetch them, then start the workers again.";
  serveChange("post", "/api/v1/projects/3/track", { detail }, 409);
  const { person } = openApp("/projects/3/screening");
  await person.click(await screen.findByRole("button", { name: "Track the missing clips" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(detail);
});

test("how many clips wait for newer networks is said", async () => {
  serveScreening([]);
  server.use(
    http.get("/api/v1/projects/3/track", () => HttpResponse.json({ missing: 0, outdated: 12 })),
  );
  openApp("/projects/3/screening");
  expect(await screen.findByText(/12 clips show tracks of former networks/)).toBeVisible();
});
