import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { ADA, openApp, signedInAs } from "@/testing/render";
import { server } from "@/testing/server";

const NOT_SIGNED_IN = { title: "Not signed in.", code: "not_signed_in", status: 401 };

function signedOutUntilLogin(): { isSignedIn: boolean } {
  const session = { isSignedIn: false };
  server.use(
    http.get("/api/v1/users/me", () =>
      session.isSignedIn
        ? HttpResponse.json(ADA)
        : HttpResponse.json(NOT_SIGNED_IN, { status: 401 }),
    ),
    http.get("/_allauth/browser/v1/auth/session", () => HttpResponse.json({}, { status: 401 })),
    http.post("/_allauth/browser/v1/auth/login", async ({ request }) => {
      const { password } = (await request.json()) as { password: string };
      session.isSignedIn = password === "right";
      return session.isSignedIn
        ? HttpResponse.json({ status: 200 })
        : HttpResponse.json(
            { status: 400, errors: [{ message: "The e-mail or the password is not right." }] },
            { status: 400 },
          );
    }),
  );
  return session;
}

test("a person who is not signed in signs in and arrives where they wanted to go", async () => {
  signedOutUntilLogin();
  const { person, router } = openApp("/?from=mail");
  await person.type(await screen.findByLabelText("E-mail"), "ada@example.org");
  await person.type(screen.getByLabelText("Password"), "right");
  await person.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("heading", { name: "Your projects" })).toBeVisible();
  expect(router.state.location.pathname).toBe("/");
  expect(router.state.location.href).toContain("from=mail");
});

test("a wrong password is said in a sentence and the e-mail stays", async () => {
  signedOutUntilLogin();
  const { person } = openApp("/sign-in");
  await person.type(await screen.findByLabelText("E-mail"), "ada@example.org");
  await person.type(screen.getByLabelText("Password"), "wrong");
  await person.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "The e-mail or the password is not right.",
  );
  expect(screen.getByLabelText("E-mail")).toHaveValue("ada@example.org");
});

test.each(["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"])(
  "sign-in does not lead to %s",
  async (next) => {
    signedOutUntilLogin();
    const { person, router } = openApp(`/sign-in?next=${encodeURIComponent(next)}`);
    await person.type(await screen.findByLabelText("E-mail"), "ada@example.org");
    await person.type(screen.getByLabelText("Password"), "right");
    await person.click(screen.getByRole("button", { name: "Sign in" }));
    await screen.findByRole("heading", { name: "Your projects" });
    expect(router.state.location.href).toBe("/");
  },
);

test("the projects page lists projects with the roles held", async () => {
  signedInAs();
  openApp("/");
  expect(await screen.findByRole("link", { name: "Faces of spring" })).toBeVisible();
  expect(screen.getByText("Annotator")).toBeVisible();
});

test("an unknown address says that nothing is there", async () => {
  signedInAs();
  openApp("/projects/abc/queue");
  expect(await screen.findByRole("heading", { name: "There is nothing here" })).toBeVisible();
});

test("a server error shows its request number and a way to try again", async () => {
  let calls = 0;
  server.use(
    http.get("/api/v1/users/me", () => {
      calls += 1;
      return calls === 1
        ? HttpResponse.json(
            { title: "Broken", detail: "The server failed.", status: 500, request_id: "r-17" },
            { status: 500 },
          )
        : HttpResponse.json(ADA);
    }),
  );
  const { person } = openApp("/");
  expect(await screen.findByRole("alert")).toHaveTextContent("The server failed.");
  expect(screen.getByText("r-17")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("heading", { name: "Your projects" })).toBeVisible();
});

test("a session that ends under an open page asks for a new sign-in over it", async () => {
  const session = signedOutUntilLogin();
  session.isSignedIn = true;
  server.use(
    http.get("/api/v1/projects/3/queue", () =>
      session.isSignedIn
        ? HttpResponse.json({ today: { submitted: 0 } })
        : HttpResponse.json(NOT_SIGNED_IN, { status: 401 }),
    ),
  );
  const { person } = openApp("/");
  const project = await screen.findByRole("link", { name: "Faces of spring" });
  session.isSignedIn = false;
  await person.click(project);
  expect(await screen.findByRole("dialog", { name: "You were signed out" })).toBeVisible();
  expect(screen.getByLabelText("E-mail")).toHaveValue("ada@example.org");
  await person.type(screen.getByLabelText("Password"), "right");
  await person.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByText("There is no queue for you here")).toBeVisible();
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});
