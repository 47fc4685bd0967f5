import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { serveChange, serveRows, signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";

const TOKEN = {
  id: "cnt_ab12",
  name: "Night import",
  prefix: "cnt_ab12",
  scopes: ["read", "ml"],
  project: null,
  expiry: "2030-01-01T00:00:00Z",
  last_used_at: null,
};

test("a new token is shown once", async () => {
  signedInWith("ml");
  serveRows("/api/v1/tokens", []);
  const made = serveChange("post", "/api/v1/tokens", { ...TOKEN, token: "cnt_ab12cdef" }, 201);
  const { person } = openApp("/tokens");
  expect(await screen.findByText("You have no tokens")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "New token" }));
  const form = await screen.findByRole("form", { name: "New token" });
  await person.type(within(form).getByLabelText("Name"), "Night import");
  await person.click(within(form).getByRole("checkbox", { name: "ML work" }));
  await person.click(within(form).getByRole("button", { name: "Make the token" }));
  expect(await screen.findByLabelText("Token")).toHaveValue("cnt_ab12cdef");
  expect(made.sent).toEqual([
    { name: "Night import", scopes: ["read", "ml"], project: null, days: 90 },
  ]);
});

test("a token is revoked after the question", async () => {
  signedInWith("ml");
  serveRows("/api/v1/tokens", [TOKEN]);
  const revoked = serveChange("delete", "/api/v1/tokens/cnt_ab12", {}, 204);
  const { person } = openApp("/tokens");
  expect(await screen.findByText("Read, ML work")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Revoke Night import" }));
  const dialog = await screen.findByRole("dialog", { name: "Revoke Night import?" });
  await person.click(within(dialog).getByRole("button", { name: "Revoke" }));
  await expect.poll(() => revoked.sent.length).toBe(1);
});
