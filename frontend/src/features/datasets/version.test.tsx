import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { ActionCount } from "@/api/datasets";
import { CARD, EDITED, EXPORT, HEDGED, SUMMARY, VERSION, serveVersion } from "@/testing/datasets";
import { CANARY, HOSTED, RULES } from "@/testing/models";
import { serveChange, serveRows } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";

test("a version shows its counts, its hash and its captions", async () => {
  serveVersion();
  openApp("/dataset-versions/v1");
  expect(await screen.findByRole("heading", { name: "Dataset version 1" })).toBeVisible();
  const splits = screen.getByRole("table", { name: "Splits against what was asked for" });
  expect(within(splits).getByRole("row", { name: "Validation 2 clips 1 −1" })).toBeVisible();
  expect(within(splits).getByRole("row", { name: "Test 20 %, 1 clip 1 0" })).toBeVisible();
  expect(screen.getByText("emotion joy; approved from 2026-04-01")).toBeVisible();
  expect(screen.getByText("9f3c")).toBeVisible();
  expect(screen.getByText("2 not approved")).toBeVisible();
  expect(await screen.findByText("She smiles.")).toBeVisible();
  expect(await screen.findByText("This version was not exported yet.")).toBeVisible();
});

test("the captions of a version are narrowed to those that still hedge, which are marked", async () => {
  serveVersion();
  const { person } = openApp("/dataset-versions/v1");
  expect(await screen.findByText("She smiles.")).toBeVisible();
  server.use(
    http.get("/api/v1/dataset-versions/v1/entries", ({ request }) => {
      expect(new URL(request.url).searchParams.get("hedges")).toBe("true");
      const rows = [{ ...HEDGED, split: "test", group: "film-1" }];
      return HttpResponse.json({ results: rows, next: null, previous: null });
    }),
  );
  await person.click(screen.getByRole("checkbox", { name: "Only 1 caption that still hedges" }));
  expect((await screen.findByText("as if glad")).tagName).toBe("MARK");
  expect(screen.queryByText("She smiles.")).toBeNull();
});

test("the data card tells figures, what still hedges and who left since", async () => {
  serveVersion();
  openApp("/dataset-versions/v1");
  const card = within(await screen.findByRole("region", { name: "Data card" }));
  expect(await card.findByText("1 caption, 200 of 1,000")).toBeVisible();
  const means = card.getByRole("table", { name: "Mean and standard deviation of each caption" });
  expect(within(means).getByRole("row", { name: /^All captions 5 20\.50 ± 2\.00/ })).toBeVisible();
  expect(card.getByRole("figure", { name: "Words a caption" })).toBeVisible();
  expect(card.getByText("1 withdrawn: exports leave them out")).toBeVisible();
  expect(card.getByText("Learnt from by run 4 (paper).")).toBeVisible();
  expect(card.getByRole("link", { name: "As a Markdown file" })).toHaveAttribute(
    "href",
    "/api/v1/dataset-versions/v1/card.md",
  );
});

test("a model counts beside the lexicon, and each figure says who counted", async () => {
  serveVersion();
  serveRows("/api/v1/projects/3/models", [RULES, HOSTED, CANARY]);
  const counted: ActionCount = {
    model: HOSTED.uid,
    model_name: HOSTED.name,
    prompt_version: 1,
    made_at: "2026-05-03T10:00:00Z",
    scopes: [{ by: "all", name: "", facial_actions: { ...SUMMARY, mean: 10.9, spread: 3 } }],
    not_counted: 1,
    left_out: 0,
  };
  const told = { ...CARD, action_counts: [counted], questions: 504 };
  server.use(http.get("/api/v1/dataset-versions/v1/card", () => HttpResponse.json(told)));
  const path = "/api/v1/dataset-versions/v1/card/action-counts";
  const asked = serveChange("post", path, EXPORT.job ?? {}, 202);
  const { person } = openApp("/dataset-versions/v1");
  const part = within(await screen.findByRole("region", { name: "Facial actions by who counted" }));
  expect(part.getByRole("row", { name: "All captions 20.50 ± 2.00 10.90 ± 3.00" })).toBeVisible();
  expect(part.getByRole("figure", { name: "A caption, by Large one" })).toBeVisible();
  expect(part.getByText(/^Large one counted .*1 caption got no usable answer$/)).toBeVisible();
  expect(await part.findByText(/^504 questions/)).toBeVisible();
  // One that counted is not asked again, and rules count nothing.
  expect(part.getAllByRole("option").map(({ textContent }) => textContent)).toEqual(["Small one"]);
  await person.click(part.getByRole("button", { name: "Have a model count" }));
  await expect.poll(() => asked.sent).toEqual([{ model: CANARY.uid }]);
});

test("a card that was never made is asked for", async () => {
  serveVersion();
  const NOT_MADE = { ...CARD, content: null, made_at: null, ended: {} };
  server.use(http.get("/api/v1/dataset-versions/v1/card", () => HttpResponse.json(NOT_MADE)));
  server.use(http.get("/api/v1/jobs/j1", () => HttpResponse.json(EXPORT.job)));
  const asked = serveChange("post", "/api/v1/dataset-versions/v1/card", EXPORT.job ?? {}, 202);
  const { person } = openApp("/dataset-versions/v1");
  await person.click(await screen.findByRole("button", { name: "Make the data card" }));
  await expect.poll(() => asked.sent.length).toBe(1);
});

test("what changed since another version is listed by kind, word for word", async () => {
  serveVersion();
  serveRows("/api/v1/projects/3/dataset-versions", [VERSION, { ...VERSION, uid: "v0", number: 0 }]);
  server.use(
    http.get("/api/v1/dataset-versions/v1/diff", ({ request }) => {
      const { searchParams } = new URL(request.url);
      const isEdited = searchParams.get("change") === "edited";
      expect(searchParams.get("against")).toBe("v0");
      return HttpResponse.json({
        against: { uid: "v0", number: 0 },
        counts: { edited: 1, added: 0, removed: 7, moved: 0 },
        results: isEdited ? [EDITED] : [],
        next: null,
        previous: null,
      });
    }),
  );
  const { person } = openApp("/dataset-versions/v1");
  const changes = within(await screen.findByRole("region", { name: "Changes" }));
  expect(await changes.findByText("Train → Test")).toBeVisible();
  expect(changes.getByText("frowns").tagName).toBe("DEL");
  expect(changes.getByText("smiles").tagName).toBe("INS");
  expect(changes.getByRole("radio", { name: "Removed 7" })).toBeInTheDocument();
  await person.click(changes.getByRole("radio", { name: "Added 0" }));
  expect(await changes.findByText("No clip was added.")).toBeVisible();
});
