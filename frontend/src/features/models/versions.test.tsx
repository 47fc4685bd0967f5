import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { GIVEN, HOSTED, RULES, serveModels } from "@/testing/models";
import { serveChange, serveRows, signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";

test("who drafts which share of the clips stands at the top, by kind", async () => {
  serveModels();
  openApp("/projects/3/models");
  const hosted = await screen.findByRole("region", { name: "Hosted model" });
  expect(within(hosted).getByText(/90 % of the clips, default/)).toHaveTextContent("Large one");
  expect(within(hosted).getByText(/10 % of the clips, canary/)).toHaveTextContent("Small one");
  const rules = screen.getByRole("region", { name: "Rules on signals" });
  expect(within(rules).getByText(/100 % of the clips, default/)).toBeVisible();
  expect(screen.queryByRole("region", { name: "FaceTrack-MM" })).not.toBeInTheDocument();
});

test("shadows are told apart from what people are shown", async () => {
  serveModels({ ...HOSTED, role: { role: "shadow", share: null } });
  openApp("/projects/3/models");
  const hosted = await screen.findByRole("region", { name: "Hosted model" });
  expect(within(hosted).getByText("every clip, shown to nobody")).toBeVisible();
  expect(within(hosted).queryByRole("button")).not.toBeInTheDocument();
});

test("versions say what they run, and the history who chose them and why", async () => {
  serveModels();
  openApp("/projects/3/models");
  const table = await screen.findByRole("table", { name: "Model versions, newest first" });
  expect(within(table).getByText("large-1 at local, told by Faces 1")).toBeVisible();
  expect(within(table).getByText("Fixed rules, no network")).toBeVisible();
  expect(within(table).getByText("Canary, 10 %")).toBeVisible();
  const history = screen.getByRole("region", { name: "History" });
  expect(await within(history).findByText("Fewer sentences are refused.")).toBeVisible();
  expect(within(history).getByText(/^Mika/)).toBeVisible();
});

test("a version becomes a canary with its share and a reason", async () => {
  serveModels();
  const given = serveChange("post", "/api/v1/projects/3/draft-roles", GIVEN);
  const { person } = openApp("/projects/3/models");
  await person.click(await screen.findByRole("button", { name: "Change role… of Large one" }));
  const dialog = await screen.findByRole("dialog", { name: "Role of Large one" });
  await expect
    .poll(() => document.activeElement)
    .toBe(within(dialog).getByRole("radio", { name: /^Default/ }));
  await person.click(within(dialog).getByRole("radio", { name: /^Canary/ }));
  const share = within(dialog).getByLabelText("Share of the clips");
  await person.clear(share);
  await person.type(share, "25");
  expect(within(dialog).getByRole("button", { name: "Change" })).toBeDisabled();
  await person.type(within(dialog).getByLabelText("Reason"), " To see more of it ");
  await person.click(within(dialog).getByRole("button", { name: "Change" }));
  await expect
    .poll(() => given.sent)
    .toEqual([{ version: "large", role: "canary", share: 0.25, reason: "To see more of it" }]);
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
});

test("no role but the canary's sends a share", async () => {
  serveModels();
  const given = serveChange("post", "/api/v1/projects/3/draft-roles", GIVEN);
  const { person } = openApp("/projects/3/models");
  await person.click(await screen.findByRole("button", { name: "Change role… of Small one" }));
  const dialog = await screen.findByRole("dialog", { name: "Role of Small one" });
  expect(within(dialog).getByLabelText("Share of the clips")).toHaveValue("10 %");
  await person.click(within(dialog).getByRole("radio", { name: /^Retired/ }));
  await person.type(within(dialog).getByLabelText("Reason"), "Too short");
  await person.click(within(dialog).getByRole("button", { name: "Change" }));
  await expect
    .poll(() => given.sent)
    .toEqual([{ version: "small", role: "retired", share: null, reason: "Too short" }]);
});

test("a kind is rolled back with a reason; where nothing was before, the refusal is shown", async () => {
  serveModels();
  const detail = "There was no default before this one. Promote one instead.";
  const asked = serveChange("post", "/api/v1/projects/3/draft-roles/roll-back", { detail }, 409);
  const { person } = openApp("/projects/3/models");
  await person.click(await screen.findByRole("button", { name: "Roll back… Hosted model" }));
  const dialog = await screen.findByRole("dialog", { name: "Roll back Large one" });
  await person.type(within(dialog).getByLabelText("Reason"), "It makes people up");
  await person.click(within(dialog).getByRole("button", { name: "Roll back" }));
  expect(await within(dialog).findByRole("alert")).toHaveTextContent(detail);
  expect(asked.sent).toEqual([{ kind: "openai", reason: "It makes people up" }]);
  expect(within(dialog).getByLabelText("Reason")).toHaveValue("It makes people up");
});

test("a hosted model is registered with its endpoint, its prompt and its prices", async () => {
  serveModels();
  server.use(
    http.get("/api/v1/projects/3/draft-endpoints", () => HttpResponse.json({ names: ["local"] })),
  );
  const registered = serveChange("post", "/api/v1/projects/3/models/hosted", HOSTED, 201);
  const { person } = openApp("/projects/3/models");
  await person.click(await screen.findByRole("button", { name: "Register a version" }));
  const dialog = await screen.findByRole("dialog", { name: "Register a version" });
  await person.type(within(dialog).getByLabelText("Name"), "Next one");
  await person.type(within(dialog).getByLabelText("Model, as the endpoint calls it"), "next-1");
  await within(dialog).findByRole("option", { name: "local" });
  await person.selectOptions(within(dialog).getByLabelText("Endpoint"), "local");
  await person.selectOptions(within(dialog).getByLabelText("Prompt"), "Faces, version 1");
  const price = within(dialog).getByLabelText("Price of what it reads");
  await person.clear(price);
  await person.type(price, "2.5");
  await person.click(within(dialog).getByRole("button", { name: "Register" }));
  await expect
    .poll(() => registered.sent)
    .toEqual([
      {
        name: "Next one",
        endpoint: "local",
        model: "next-1",
        prompt: "p1",
        structured_output: true,
        temperature: 0.2,
        max_output_tokens: 1500,
        input_price: "2.5",
        output_price: "0",
      },
    ]);
});

test("without endpoints the form says who can name one", async () => {
  serveModels();
  server.use(
    http.get("/api/v1/projects/3/draft-endpoints", () => HttpResponse.json({ names: [] })),
  );
  const { person } = openApp("/projects/3/models");
  await person.click(await screen.findByRole("button", { name: "Register a version" }));
  expect(await screen.findByText("This installation knows no server to ask.")).toBeVisible();
});

test("an own model is registered by its base and its adapter", async () => {
  serveModels();
  server.use(
    http.get("/api/v1/projects/3/draft-endpoints", () => HttpResponse.json({ names: [] })),
  );
  const registered = serveChange("post", "/api/v1/projects/3/models/own", RULES, 201);
  const { person } = openApp("/projects/3/models");
  await person.click(await screen.findByRole("button", { name: "Register a version" }));
  const dialog = await screen.findByRole("dialog", { name: "Register a version" });
  await person.click(within(dialog).getByRole("radio", { name: "FaceTrack-MM" }));
  await person.type(within(dialog).getByLabelText("Name"), "Ours");
  await person.type(within(dialog).getByLabelText("Adapter (optional)"), "run-41");
  await person.click(within(dialog).getByRole("button", { name: "Register" }));
  await expect
    .poll(() => registered.sent)
    .toEqual([{ name: "Ours", base: "mini", adapter: "run-41" }]);
});

test("a project without roles is told that nothing drafts", async () => {
  serveModels({ ...RULES, role: null });
  serveRows("/api/v1/projects/3/draft-roles", []);
  openApp("/projects/3/models");
  expect(await screen.findByText("No model drafts the clips of this project")).toBeVisible();
  expect(await screen.findByText("Nobody has given a model a role yet.")).toBeVisible();
});

test("others are told whose page it is", async () => {
  signedInWith("viewer");
  openApp("/projects/3/models");
  expect(
    await screen.findByText("This page is for leads and ML staff of the project"),
  ).toBeVisible();
});
