import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { serveChange, serveRows, signedInWith } from "@/testing/people";
import { ADA, openApp, signedInAs } from "@/testing/render";
import { server } from "@/testing/server";

test("a person who may begin projects makes one and comes to its settings", async () => {
  signedInAs({ ...ADA, projects: [], can_create_projects: true });
  const created = serveChange("post", "/api/v1/projects", { id: 9 }, 201);
  const { person, router } = openApp("/");
  await person.click(await screen.findByRole("button", { name: "New project" }));
  const dialog = await screen.findByRole("dialog", { name: "New project" });
  expect(within(dialog).getByRole("button", { name: "Create the project" })).toBeDisabled();
  await person.type(within(dialog).getByLabelText("Name"), " Faces of autumn ");
  await person.click(within(dialog).getByRole("button", { name: "Create the project" }));
  await expect.poll(() => router.state.location.pathname).toBe("/projects/9/settings");
  expect(created.sent).toEqual([{ name: "Faces of autumn", description: "" }]);
});

test("a refused name is said beside its field and stays typed", async () => {
  signedInAs({ ...ADA, can_create_projects: true });
  server.use(
    http.post("/api/v1/projects", () =>
      HttpResponse.json(
        {
          detail: "Correct the fields named.",
          code: "invalid_input",
          errors: [{ field: "name", code: "taken", message: "There is a project of this name." }],
        },
        { status: 400 },
      ),
    ),
  );
  const { person } = openApp("/");
  await person.click(await screen.findByRole("button", { name: "New project" }));
  await person.type(await screen.findByLabelText("Name"), "Faces of spring");
  await person.click(screen.getByRole("button", { name: "Create the project" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Correct the fields named.");
  const name = screen.getByLabelText("Name");
  expect(name).toHaveValue("Faces of spring");
  expect(name).toBeInvalid();
});

test("others are not offered to begin a project", async () => {
  signedInWith("annotator");
  openApp("/");
  expect(await screen.findByRole("link", { name: "Faces of spring" })).toHaveAttribute(
    "href",
    "/projects/3/queue",
  );
  expect(screen.queryByRole("button", { name: "New project" })).not.toBeInTheDocument();
});

test("a viewer's project opens on its clips, from the list and from the header", async () => {
  signedInWith("viewer");
  serveRows("/api/v1/projects/3/sources", []);
  serveRows("/api/v1/projects/3/clips", []);
  const { person, router } = openApp("/");
  expect(await screen.findByRole("link", { name: "Faces of spring" })).toHaveAttribute(
    "href",
    "/projects/3/clips",
  );
  await person.click(screen.getByRole("button", { name: /^Project:/ }));
  await person.click(await screen.findByRole("menuitem", { name: "Faces of spring" }));
  await expect.poll(() => router.state.location.pathname).toBe("/projects/3/clips");
});
