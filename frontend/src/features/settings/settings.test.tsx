import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { Project } from "@/api/projects";
import { signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";

const PROJECT: Project = {
  id: 3,
  uid: "p3",
  name: "Faces of spring",
  description: "",
  roles: ["lead"],
  revision: 4,
  settings: {
    annotators_per_clip: 3,
    lease_minutes: 20,
    draft_wait_minutes: 10,
    draft_policy: "always",
    no_draft_share: 0,
    cross_validation_blind_share: 0.1,
    cross_validation_check_share: 1,
    return_cap: 2,
    attributes_required: true,
    sound_allowed: false,
    external_processing_allowed: false,
  },
};

interface Saved {
  body: unknown;
  revision: string | null;
}

/** A backend that keeps the project and refuses what was made on an older revision. */
function serveProject(): { project: Project; saved: Saved[] } {
  signedInWith("lead");
  const held = { project: PROJECT, saved: [] as Saved[] };
  server.use(
    http.get("/api/v1/projects/3/sources", () => HttpResponse.json({ results: [], next: null })),
    http.get("/api/v1/projects/3", () => HttpResponse.json(held.project)),
    http.patch("/api/v1/projects/3", async ({ request }) => {
      const body = (await request.json()) as Partial<Project>;
      const revision = request.headers.get("If-Match");
      held.saved.push({ body, revision });
      if (revision !== `"${held.project.revision}"`) {
        return HttpResponse.json(
          { detail: "Stale.", code: "revision_conflict", current: held.project.revision },
          { status: 409 },
        );
      }
      held.project = {
        ...held.project,
        ...body,
        revision: held.project.revision + 1,
        settings: { ...held.project.settings, ...body.settings },
      };
      return HttpResponse.json(held.project);
    }),
  );
  return held;
}

test("only what was changed is sent, on the revision that was read", async () => {
  const held = serveProject();
  const { person } = openApp("/projects/3/settings");
  const save = await screen.findByRole("button", { name: "Save" });
  expect(save).toBeDisabled();
  const blind = screen.getByLabelText("Clips reviewed blind");
  expect(blind).toHaveValue("10 %");
  await person.clear(blind);
  await person.type(blind, "25");
  await person.click(screen.getByRole("switch", { name: /^Clips play with sound/ }));
  await person.click(save);
  expect(await screen.findByText("Saved.")).toBeVisible();
  expect(held.saved).toEqual([
    {
      body: { settings: { cross_validation_blind_share: 0.25, sound_allowed: true } },
      revision: '"4"',
    },
  ]);
});

test("another lead's change is shown, one's own is kept and can be saved then", async () => {
  const held = serveProject();
  const { person } = openApp("/projects/3/settings");
  const name = await screen.findByLabelText("Name");
  await person.type(name, " 2");
  held.project = {
    ...held.project,
    revision: 5,
    settings: { ...held.project.settings, lease_minutes: 45 },
  };
  await person.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/Somebody else changed the settings/)).toBeVisible();
  expect(await screen.findByDisplayValue("45")).toBeVisible();
  expect(name).toHaveValue("Faces of spring 2");
  await person.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Saved.")).toBeVisible();
  expect(held.project).toMatchObject({ name: "Faces of spring 2", revision: 6 });
});

test("a refused value is said beside its field", async () => {
  serveProject();
  server.use(
    http.patch("/api/v1/projects/3", () =>
      HttpResponse.json(
        {
          detail: "Correct the fields named.",
          code: "invalid_input",
          errors: [
            { field: "settings.lease_minutes", code: "max", message: "At most 1440 minutes." },
          ],
        },
        { status: 400 },
      ),
    ),
  );
  const { person } = openApp("/projects/3/settings");
  const minutes = await screen.findByLabelText("Minutes a clip is held");
  await person.type(minutes, "0");
  await person.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByRole("alert");
  expect(minutes).toBeInvalid();
  expect(minutes).toHaveValue("200");
});

test("undo takes one's changes back", async () => {
  serveProject();
  const { person } = openApp("/projects/3/settings");
  const name = await screen.findByLabelText("Name");
  await person.type(name, "!");
  await person.click(screen.getByRole("button", { name: "Undo my changes" }));
  expect(name).toHaveValue("Faces of spring");
});

test("people who do not lead are told whose page it is", async () => {
  signedInWith("reviewer");
  openApp("/projects/3/settings");
  expect(await screen.findByText("This page is for the leads of the project")).toBeVisible();
});

test("a source's clips may be sent outside once its switch is on", async () => {
  serveProject();
  const source = {
    id: 5,
    name: "Own films",
    kind: "collected",
    licence: "CC BY 4.0",
    url: "",
    external_processing_allowed: false,
    clip_count: 12,
  };
  const sent: unknown[] = [];
  server.use(
    http.get("/api/v1/projects/3/sources", () =>
      HttpResponse.json({ results: [source], next: null }),
    ),
    http.patch("/api/v1/projects/3/sources/5", async ({ request }) => {
      const body = (await request.json()) as Pick<typeof source, "external_processing_allowed">;
      sent.push(body);
      return HttpResponse.json(Object.assign(source, body));
    }),
  );
  const { person } = openApp("/projects/3/settings");
  const permission = await screen.findByRole("switch", { name: /^Clips of Own films may be sent/ });
  expect(permission).not.toBeChecked();
  await person.click(permission);
  await waitFor(() => expect(permission).toBeEnabled());
  expect(permission).toBeChecked();
  expect(sent).toEqual([{ external_processing_allowed: true }]);
});
