import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { DraftStatistics, DraftTotals } from "@/api/modelVersions";
import { serveModels } from "@/testing/models";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";
import { fatesOf, priceEach, sayJudged } from "./totals";

const TOTALS: DraftTotals = {
  drafts: 40,
  ready: 37,
  judged: 30,
  survival: 0.7,
  unchanged: 0.5,
  edited: 0.34,
  price: "2.000000",
  seconds_median: 3.2,
  seconds_p95: 11.6,
};

const NONE: DraftTotals = {
  drafts: 0,
  ready: 0,
  judged: 0,
  survival: null,
  unchanged: null,
  edited: null,
  price: "0",
  seconds_median: null,
  seconds_p95: null,
};

const FEW: DraftTotals = { ...TOTALS, drafts: 4, ready: 4, judged: 3 };

function statistics(total: DraftTotals): DraftStatistics {
  return {
    total,
    failures: { cut_off: 2, refused: 1 },
    refused_reasons: { "Not seen in the clip": 5 },
    by_source: { "Own recordings": total },
    by_emotion: { "": total },
  };
}

function serveStatistics(byVersion: Readonly<Record<string, DraftTotals>>): void {
  serveModels();
  server.use(
    http.get("/api/v1/projects/3/models/:version/statistics", ({ params }) =>
      HttpResponse.json(statistics(byVersion[String(params.version)] ?? NONE)),
    ),
  );
}

const PATH = "/projects/3/models?part=statistics";

test("shares of sentences add up to all of them, and are unknown before an approval", () => {
  const fates = fatesOf(TOTALS);
  expect(fates?.unchanged).toBeCloseTo(0.5);
  expect(fates?.changed).toBeCloseTo(0.2);
  expect(fates?.leftOut).toBeCloseTo(0.3);
  expect(fatesOf(NONE)).toBeNull();
});

test("small numbers are called so", () => {
  expect(sayJudged(TOTALS)).toBe("30 of 40 drafts");
  expect(sayJudged(FEW)).toBe("3 of 4 drafts: few");
  expect(sayJudged({ ...TOTALS, drafts: 1, judged: 0 })).toBe("0 of 1 draft");
});

test("a price is told for a draft, where there are drafts", () => {
  expect(priceEach(TOTALS)).toBeCloseTo(0.05);
  expect(priceEach(NONE)).toBeNull();
});

test("versions that drafted stand beside each other, with every number in words", async () => {
  serveStatistics({ large: TOTALS, small: FEW });
  openApp(PATH);
  const table = await screen.findByRole("table", {
    name: "How good the drafts of each version were",
  });
  const [, small, large] = await within(table).findAllByRole("row");
  expect(large).toHaveTextContent("50 % as drafted, 20 % changed, 30 % left out");
  expect(large).toHaveTextContent("34 % of its letters");
  expect(large).toHaveTextContent("half within 3.2 s, most within 12 s");
  expect(large).toHaveTextContent("0.05");
  expect(small).toHaveTextContent("3 of 4 drafts: few");
  expect(within(table).queryByText("Rules on measured signals")).not.toBeInTheDocument();
});

test("a version is opened for its reasons, its sources and its emotions", async () => {
  serveStatistics({ large: TOTALS, small: FEW });
  const { person, router } = openApp(PATH);
  await person.click(await screen.findByRole("button", { name: "Large one" }));
  expect(router.state.location.search).toEqual({ part: "statistics", version: "large" });
  const failed = await screen.findByRole("region", { name: "Why drafts of Large one failed" });
  expect(failed).toHaveTextContent("37 of 40 are ready. They cost 2.00 in all.");
  const [most] = within(failed).getAllByRole("listitem");
  expect(most).toHaveTextContent("It came to no end2");
  const leftOut = screen.getByRole("list", { name: "Reasons of sentences left out" });
  expect(leftOut).toHaveTextContent("Not seen in the clip5");
  const sources = screen.getByRole("table", { name: "Drafts of Large one by source" });
  expect(within(sources).getByText("Own recordings")).toBeVisible();
  const emotions = screen.getByRole("table", { name: "Drafts of Large one by emotion" });
  expect(within(emotions).getByText("Not named")).toBeVisible();
});

test("drafts without an approved caption are not judged yet", async () => {
  serveStatistics({
    large: { ...TOTALS, judged: 0, survival: null, unchanged: null, edited: null },
  });
  openApp(PATH);
  expect((await screen.findAllByText("None is approved yet"))[0]).toBeVisible();
});

test("where nothing was drafted the page says so", async () => {
  serveStatistics({});
  openApp(PATH);
  expect(
    await screen.findByText("No version has drafted a clip of this project yet."),
  ).toBeVisible();
});
