import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { ADA, openApp, signedInAs } from "@/testing/render";
import { server } from "@/testing/server";

const OFFER = {
  project_name: "Faces of spring",
  email: "bela@example.org",
  roles: ["annotator", "reviewer"],
  expires_at: "2030-01-01T00:00:00Z",
};

function signedOut(): void {
  server.use(
    http.get("/api/v1/users/me", () => HttpResponse.json({ status: 401 }, { status: 401 })),
    http.get("/_allauth/browser/v1/auth/session", () => HttpResponse.json({}, { status: 401 })),
  );
}

test("an invited person makes an account and arrives signed in", async () => {
  signedOut();
  let accepted: unknown;
  server.use(
    http.get("/api/v1/invitations/k1", () => HttpResponse.json(OFFER)),
    http.post("/api/v1/invitations/k1/accept", async ({ request }) => {
      accepted = await request.json();
      return new HttpResponse(null, { status: 204 });
    }),
    http.post("/_allauth/browser/v1/auth/login", () => {
      signedInAs({ ...ADA, name: "Bela", email: OFFER.email });
      return HttpResponse.json({ status: 200 });
    }),
  );
  const { person } = openApp("/invitations/k1");
  expect(await screen.findByRole("heading", { name: "Join Faces of spring" })).toBeVisible();
  expect(screen.getByText(/annotator, reviewer/)).toBeVisible();
  await person.type(screen.getByLabelText("Your name"), "Bela");
  await person.type(screen.getByLabelText("Choose a password"), "a long password");
  await person.click(screen.getByRole("button", { name: "Join the project" }));
  expect(await screen.findByRole("heading", { name: "Your projects" })).toBeVisible();
  expect(accepted).toEqual({ name: "Bela", password: "a long password" });
});

test("a person signed in under the invited e-mail is not asked for an account", async () => {
  signedInAs({ ...ADA, email: "Bela@example.org" });
  let accepted: unknown;
  server.use(
    http.get("/api/v1/invitations/k1", () => HttpResponse.json(OFFER)),
    http.post("/api/v1/invitations/k1/accept", async ({ request }) => {
      accepted = await request.json();
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { person } = openApp("/invitations/k1");
  await person.click(await screen.findByRole("button", { name: "Join the project" }));
  expect(await screen.findByRole("heading", { name: "Your projects" })).toBeVisible();
  expect(accepted).toEqual({});
});

test("a used invitation says whom to ask", async () => {
  signedOut();
  server.use(
    http.get("/api/v1/invitations/old", () =>
      HttpResponse.json({ status: 404, code: "not_found" }, { status: 404 }),
    ),
  );
  openApp("/invitations/old");
  expect(await screen.findByRole("heading", { name: "This invitation is over" })).toBeVisible();
  expect(screen.getByText(/Ask the person who invited you/)).toBeVisible();
});
