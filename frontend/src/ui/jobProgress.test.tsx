import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { renderPart } from "@/testing/render";

import { JobProgress } from "./JobProgress";

function show(done: number, total: number | null) {
  const progress = { done, total, message: "" };
  renderPart(<JobProgress label="Import" job={{ state: "running", progress, error: "" }} />);
  return screen.getByRole("progressbar", { name: "Import" });
}

test("a job with a known total says how much of it is done", () => {
  expect(show(3, 12)).toHaveAttribute("value", "3");
  expect(screen.getByText("3 of 12")).toBeVisible();
});

test.each([
  ["queued", true],
  ["running", false],
] as const)("why the attempt before ended is told of a %s job: %s", (state, isTold) => {
  const progress = { done: 0, total: 0, message: "" };
  renderPart(<JobProgress label="Import" job={{ state, progress, error: "It stopped." }} />);
  expect(screen.queryAllByText("It stopped.")).toHaveLength(isTold ? 1 : 0);
});

test.each([null, 0])(
  "a job of unknown total (%s) shows no share, only how much is done",
  (total) => {
    expect(show(3, total)).not.toHaveAttribute("value");
    expect(screen.getByText("3 so far")).toBeVisible();
  },
);
