import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { Member } from "@/api/members";
import type { Role } from "@/core/roles";
import { serveChange, serveRows, signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";

const BELA: Member = { user_id: 2, name: "Bela", email: "bela@example.org", roles: ["annotator"] };

function serveMembers(...members: Member[]): void {
  signedInWith("lead");
  serveRows("/api/v1/projects/3/members", members);
  serveRows("/api/v1/projects/3/invitations", []);
}

test("a tick gives a role at once", async () => {
  serveMembers(BELA);
  let roles: Role[] = BELA.roles;
  server.use(
    http.get("/api/v1/projects/3/members", () =>
      HttpResponse.json({ results: [{ ...BELA, roles }], next: null, previous: null }),
    ),
    http.patch("/api/v1/projects/3/members/2", async ({ request }) => {
      ({ roles } = (await request.json()) as { roles: Role[] });
      return HttpResponse.json({ user_id: 2, roles });
    }),
  );
  const { person } = openApp("/projects/3/members");
  const group = await screen.findByRole("group", { name: "Roles of Bela" });
  await person.click(within(group).getByRole("checkbox", { name: "Reviewer" }));
  await expect.poll(() => roles).toEqual(["reviewer", "annotator"]);
  expect(await within(group).findByRole("checkbox", { name: "Reviewer" })).toBeChecked();
});

test("the last lead keeps the role, and the page says why", async () => {
  serveMembers({ ...BELA, roles: ["lead", "annotator"] });
  serveChange(
    "patch",
    "/api/v1/projects/3/members/2",
    { detail: "A project needs a lead. Name another one first." },
    409,
  );
  const { person } = openApp("/projects/3/members");
  const group = await screen.findByRole("group", { name: "Roles of Bela" });
  await person.click(within(group).getByRole("checkbox", { name: "Lead" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Name another one first.");
  expect(within(group).getByRole("checkbox", { name: "Lead" })).toBeChecked();
});

test("a member is not left without a role", async () => {
  serveMembers(BELA);
  const { person } = openApp("/projects/3/members");
  const group = await screen.findByRole("group", { name: "Roles of Bela" });
  await person.click(within(group).getByRole("checkbox", { name: "Annotator" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("holds at least one role");
  expect(within(group).getByRole("checkbox", { name: "Annotator" })).toBeChecked();
});

test("an invitation shows its link once, to be copied", async () => {
  serveMembers(BELA);
  const url = "http://localhost:8000/invitations/k9";
  const made = serveChange(
    "post",
    "/api/v1/projects/3/invitations",
    {
      id: 5,
      email: "chen@example.org",
      roles: ["annotator", "ml"],
      expires_at: "2030-01-01T00:00:00Z",
      accepted_at: null,
      created_at: "2029-12-25T00:00:00Z",
      url,
    },
    201,
  );
  const { person } = openApp("/projects/3/members");
  await person.click(await screen.findByRole("button", { name: "Invite a person" }));
  const form = await screen.findByRole("form", { name: "Invite a person" });
  await person.type(within(form).getByLabelText("E-mail"), "chen@example.org");
  await person.click(within(form).getByRole("checkbox", { name: "ML staff" }));
  await person.click(within(form).getByRole("button", { name: "Make the invitation" }));
  expect(await screen.findByLabelText("Link")).toHaveValue(url);
  expect(made.sent).toEqual([{ email: "chen@example.org", roles: ["annotator", "ml"] }]);
  await person.click(screen.getByRole("button", { name: "Copy" }));
  expect(await screen.findByRole("button", { name: "Copied" })).toBeVisible();
});

test("a member is removed only after the question", async () => {
  serveMembers(BELA);
  const removed = serveChange("delete", "/api/v1/projects/3/members/2", {}, 204);
  const { person } = openApp("/projects/3/members");
  await person.click(await screen.findByRole("button", { name: "Remove Bela" }));
  const dialog = await screen.findByRole("dialog", { name: "Remove Bela from the project?" });
  expect(dialog).toHaveTextContent("What they wrote stays");
  expect(removed.sent).toEqual([]);
  await person.click(within(dialog).getByRole("button", { name: "Remove" }));
  await expect.poll(() => removed.sent.length).toBe(1);
});

test("an open invitation can be revoked; an accepted one is not listed", async () => {
  serveMembers(BELA);
  const invitation = { id: 5, roles: ["viewer"], expires_at: "2030-01-01T00:00:00Z" };
  serveRows("/api/v1/projects/3/invitations", [
    { ...invitation, email: "open@example.org", accepted_at: null },
    { ...invitation, id: 6, email: "came@example.org", accepted_at: "2029-01-01T00:00:00Z" },
  ]);
  const revoked = serveChange("delete", "/api/v1/projects/3/invitations/5", {}, 204);
  const { person } = openApp("/projects/3/members");
  await person.click(
    await screen.findByRole("button", { name: "Revoke the invitation of open@example.org" }),
  );
  await expect.poll(() => revoked.sent.length).toBe(1);
  expect(screen.queryByText("came@example.org")).not.toBeInTheDocument();
});

test("people who do not lead are told whose page it is", async () => {
  signedInWith("annotator");
  openApp("/projects/3/members");
  expect(await screen.findByText("This page is for the leads of the project")).toBeVisible();
  expect(screen.queryByRole("link", { name: "Members" })).not.toBeInTheDocument();
});
