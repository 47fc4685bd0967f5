import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { AgreementFigures, GroupAgreement, ProjectAgreement } from "@/api/agreement";
import type { Role } from "@/core/roles";
import { signedInWith } from "@/testing/people";
import { openApp } from "@/testing/render";
import { server } from "@/testing/server";

const around = (value: number) => ({ value, low: value - 0.1, high: value + 0.1 });

function figures(clips: number, eventF1: number): AgreementFigures {
  return {
    clips,
    event_f1: around(eventF1),
    tem: around(0.4),
    word_distance: around(0.6),
    kappa: null,
  };
}

const NOTHING: GroupAgreement = { overall: null, people: [], pairs: [], weeks: [], lowest: [] };

const WHOLE: ProjectAgreement = {
  is_whole: true,
  is_current: true,
  computed_at: "2026-05-01T10:00:00Z",
  metric_versions: ["agreement-1, offline"],
  clips_waiting: 2,
  annotators: {
    overall: figures(12, 0.62),
    people: [
      { id: 1, name: "Ada", figures: figures(12, 0.66) },
      { id: 2, name: "Bela", figures: figures(12, 0.6) },
      { id: 5, name: "Chen", figures: figures(3, 0.5) },
    ],
    // The pair does not stand in the order of the names.
    pairs: [
      { one: 2, other: 1, figures: figures(12, 0.7) },
      { one: 1, other: 5, figures: figures(3, 0.55) },
    ],
    weeks: [{ week: "2026-04-27", figures: figures(12, 0.62) }],
    lowest: [
      { clip_id: 8, clip_name: "a.mp4", pairs: 3, event_f1: 0.12, tem: 0.1, word_distance: 0.8 },
    ],
  },
  reviewers: NOTHING,
};

function open(agreement: ProjectAgreement, ...roles: Role[]) {
  signedInWith(...roles);
  server.use(http.get("/api/v1/projects/3/agreement", () => HttpResponse.json(agreement)));
  return openApp("/projects/3/agreement");
}

async function rowOf(name: string): Promise<HTMLElement> {
  const matrix = await screen.findByRole("table", { name: /^Annotators by pairs/ });
  const rows = within(matrix).getAllByRole("row");
  const row = rows.find((each) => within(each).queryByRole("rowheader", { name }) !== null);
  if (row === undefined) throw new Error(`No row of ${name}.`);
  return row;
}

test("everybody stands against everybody, with counts and intervals and in both orders", async () => {
  open(WHOLE, "lead");
  const [self, bela, chen, others] = within(await rowOf("Ada")).getAllByRole("cell");
  expect(self).toHaveAccessibleName("The same person");
  expect(bela).toHaveTextContent("0.700.60 to 0.8012 clips");
  expect(chen).toHaveTextContent("3 clips: too few");
  expect(chen).toHaveAttribute("data-few", "true");
  expect(others).toHaveTextContent("0.66");
  expect(within(await rowOf("Bela")).getAllByRole("cell")[0]).toHaveTextContent("0.70");
  expect(within(await rowOf("Bela")).getAllByRole("cell")[2]).toHaveTextContent("no clip");
});

test("another measure is chosen, and names are hidden", async () => {
  const { person, router } = open(WHOLE, "lead");
  await person.click(await screen.findByText("Kappa of inferences", { selector: "label *" }));
  expect(router.state.location.search).toEqual({ measure: "kappa" });
  expect(within(await rowOf("Ada")).getAllByRole("cell")[1]).toHaveTextContent("–");
  await person.click(screen.getByRole("switch", { name: "Hide names" }));
  expect(await rowOf("Annotator 1")).toBeVisible();
  expect(screen.queryByText("Ada", { selector: "th" })).not.toBeInTheDocument();
});

test("weeks, the clips to look at, and what still waits are told", async () => {
  open(WHOLE, "lead");
  const weeks = await screen.findByRole("list", { name: "Event F1 by week" });
  expect(within(weeks).getByRole("listitem")).toHaveTextContent(/0\.62.*12 clips/);
  expect(screen.getByRole("link", { name: "a.mp4" })).toHaveAttribute("href", "/clips/8");
  expect(screen.getByText(/2 more clips are compared/)).toBeVisible();
  expect(screen.getByText("Reviewers: nothing is compared yet")).toBeVisible();
});

test("others see their own figures alone", async () => {
  const own: ProjectAgreement = {
    ...WHOLE,
    is_whole: false,
    clips_waiting: 0,
    annotators: { ...NOTHING, people: [{ id: 1, name: "Ada", figures: figures(3, 0.66) }] },
  };
  open(own, "annotator");
  const table = await screen.findByRole("table", { name: "Your annotations and the others'" });
  expect(table).toHaveTextContent("0.56 to 0.763 clips: too few");
  expect(screen.queryByRole("switch", { name: "Hide names" })).not.toBeInTheDocument();
  expect(screen.getAllByRole("table")).toHaveLength(1);
});

test("who has nothing compared is told when that will be", async () => {
  open({ ...WHOLE, is_whole: false, annotators: NOTHING }, "reviewer");
  expect(await screen.findByText("Nothing of yours is compared yet")).toBeVisible();
});
