import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, test } from "vitest";

import type { CrossValidation } from "@/api/crossValidations";
import { openApp } from "@/testing/render";
import {
  ANNOTATION_A,
  caption,
  makeConsolidation,
  makeCrossValidation,
  sentence,
  serveReview,
} from "@/testing/reviews";
import { server } from "@/testing/server";

const FIRST = caption(
  [sentence("r1", "A man with a short beard.")],
  [
    sentence("r2", "His brows rise.", { phase: "beginning", frames: [0, 1] }),
    sentence("r3", "His right eye closes.", { phase: "middle" }),
  ],
  sentence("r5", "A man is tired."),
);

const SECOND = caption(
  [sentence("q1", "A man with a short beard.")],
  [
    sentence("q2", "His brows rise slightly.", { phase: "beginning" }),
    sentence("q3", "His left eye closes.", { phase: "middle" }),
  ],
  sentence("q5", "A man is tired."),
);

async function open(review: CrossValidation, answers = {}) {
  const held = serveReview("cross-validations", review, answers);
  const app = openApp(`/cross-validations/${review.id}`);
  await screen.findByRole("list", { name: "Rows" });
  return { ...app, held };
}

function row(number: number): HTMLElement {
  return screen.getByRole("listitem", { name: `Row ${number}` });
}

describe("checking", () => {
  const check = () => makeCrossValidation({ document: FIRST, first_result: { document: FIRST } });

  test("every sentence gets a mark by key, then agreeing is possible", async () => {
    const { person, held, router } = await open(check());
    expect(screen.getByText("4 of 4 sentences to mark")).toBeVisible();
    expect(screen.getByRole("button", { name: "Agree and next" })).toBeDisabled();
    await person.keyboard("[Digit1]{ArrowDown}[Digit2][F8][Digit1][F8][Digit1]");
    expect(within(row(2)).getByRole("radio", { name: "2 minor" })).toBeChecked();
    await person.keyboard("{Control>}{Enter}{/Control}");
    await expect.poll(() => router.state.location.pathname).toBe("/projects/3/queue");
    const marks = held.asked.filter(({ step }) => step === "marks").at(-1)?.body;
    expect(marks).toEqual({
      marks: [
        { sentence: "r1", mark: "ok", note: "" },
        { sentence: "r2", mark: "minor", note: "" },
        { sentence: "r3", mark: "ok", note: "" },
        { sentence: "r5", mark: "ok", note: "" },
      ],
    });
    expect(held.asked.at(-1)).toMatchObject({ step: "agree", revision: '"2"' });
  });

  test("a sentence marked major has to be changed; the change shows word by word", async () => {
    const { person } = await open(check());
    await person.keyboard("[Digit1]{ArrowDown}[Digit3]{ArrowDown}[Digit1]{ArrowDown}[Digit1]");
    expect(screen.getByText("Sentences marked major and not changed: 1.")).toBeVisible();
    expect(row(2)).toHaveTextContent("Change this sentence (E), or dispute the result.");
    await person.keyboard("{ArrowUp}{ArrowUp}[KeyE]");
    const text = screen.getByRole("textbox", { name: "Facial change 1" });
    await waitFor(() => expect(text).toHaveFocus());
    await person.paste(" He blinks.");
    expect(row(2).querySelector("ins")).toHaveTextContent("He blinks.");
    expect(screen.getByRole("button", { name: "Agree and next" })).toBeEnabled();
  });

  test("a dispute says why", async () => {
    const { person, held, router } = await open(check());
    await person.keyboard("{Shift>}[KeyX]{/Shift}");
    const dialog = await screen.findByRole("dialog");
    await person.type(within(dialog).getByRole("textbox"), "The side is wrong.");
    await person.click(within(dialog).getByRole("button", { name: "Dispute it" }));
    await expect.poll(() => router.state.location.pathname).toBe("/projects/3/queue");
    expect(held.asked.at(-1)).toMatchObject({
      step: "dispute",
      body: { reason: "The side is wrong." },
    });
  });
});

describe("blind", () => {
  test("the first step consolidates without result and drafts, Compare uncovers them", async () => {
    const { annotations } = makeConsolidation();
    const review = makeCrossValidation({ mode: "blind", step: 1, annotations });
    const opened = {
      ...review,
      step: 2,
      first_result: { document: FIRST },
      document: SECOND,
      blind_document: SECOND,
    };
    const { person, held } = await open(review, { reveal: opened });
    expect(screen.queryByText(/agreement is not|event f1/i)).not.toBeInTheDocument();
    expect(screen.getByText("Blind, step 1 of 2")).toBeVisible();
    expect(screen.queryByText("R1")).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Compare" })).toBeDisabled();
    await person.keyboard("[KeyA][F8][Digit1][F8][Digit2]");
    await person.click(screen.getByRole("button", { name: "Compare" }));
    expect(await screen.findByText("Blind, step 2 of 2")).toBeVisible();
    expect(held.revision).toBeGreaterThan(review.revision);
    expect(held.asked.at(-1)).toMatchObject({ step: "reveal", revision: `"${held.revision}"` });
    expect(held.document.facial_changes[0]?.text).toBe(ANNOTATION_A.facial_changes[0]?.text ?? "");
    expect(held.picks).toEqual([]);
    expect(within(row(3)).getByRole("group", { name: "Result R1" })).toHaveTextContent(
      "His right eye closes.",
    );
  });

  test("the second step settles by keys: R1, both, undone", async () => {
    const review = makeCrossValidation({
      mode: "blind",
      first_result: { document: FIRST },
      document: SECOND,
      blind_document: SECOND,
      agreement: { event_f1: 0.75, word_distance: 0.2 },
    });
    const { person, held, router } = await open(review);
    expect(screen.getByText("1 of 4 rows differ")).toBeVisible();
    expect(screen.getByText("Event F1 0.75, words apart 0.20")).toBeVisible();
    expect(row(3)).toHaveTextContent("Taken from R2");
    await person.keyboard("[F8]");
    expect(row(3)).toHaveAttribute("aria-current", "true");
    const text = () => screen.getByRole("textbox", { name: "Facial change 2" });
    await person.keyboard("[KeyB]");
    expect(text()).toHaveTextContent("His right eye closes. His left eye closes.");
    await person.keyboard("[KeyZ]");
    expect(text()).toHaveTextContent(/^His right eye closes\.$/);
    expect(row(3)).toHaveTextContent("Taken from R1");
    await person.click(screen.getByRole("button", { name: "Agree and next" }));
    await expect.poll(() => router.state.location.pathname).toBe("/projects/3/queue");
    expect(held.document.facial_changes[1]).toMatchObject({
      id: "q3",
      text: "His right eye closes.",
    });
    expect(held.revision).toBeGreaterThan(review.revision);
    expect(held.asked.at(-1)).toMatchObject({ step: "agree", revision: `"${held.revision}"` });
  });
});

test("agreement that is computed after the two results are uncovered still comes", async () => {
  const agreement = { event_f1: 1, word_distance: 0.1 };
  const uncovered = makeCrossValidation({ mode: "blind", first_result: { document: FIRST } });
  const shown = { ...uncovered, document: SECOND, blind_document: SECOND };
  serveReview("cross-validations", { ...shown, agreement });
  const path = `/api/v1/cross-validations/${shown.id}`;
  server.use(http.get(path, () => HttpResponse.json(shown), { once: true }));
  openApp(`/cross-validations/${shown.id}`);
  expect(await screen.findByText("Event F1 1.00, words apart 0.10")).toBeVisible();
});

describe("settling a dispute", () => {
  const settlement = () =>
    makeCrossValidation({
      mode: "settlement",
      document: FIRST,
      first_result: { document: FIRST },
      second: {
        document: {
          ...FIRST,
          facial_changes: FIRST.facial_changes.map((each) =>
            each.id === "r3" ? { ...each, text: "His left eye closes." } : each,
          ),
        },
        marks: [{ sentence: "r3", mark: "major", note: "His own left." }],
        reason: "The side is wrong.",
      },
    });

  test("both results, the marks and the reason are there; the third word is final", async () => {
    const review = settlement();
    const { person, held, router } = await open(review);
    expect(screen.getByText("The side is wrong.")).toBeVisible();
    expect(row(3)).toHaveTextContent("Marked major His own left.");
    expect(row(2)).toHaveTextContent("Taken from R1 + R2");
    await person.keyboard("[F8][Digit2]");
    await person.keyboard("{Control>}{Enter}{/Control}");
    await expect.poll(() => router.state.location.pathname).toBe("/projects/3/queue");
    expect(held.document.facial_changes[1]).toMatchObject({
      id: "r3",
      text: "His left eye closes.",
    });
    expect(held.revision).toBeGreaterThan(review.revision);
    expect(held.asked.at(-1)).toMatchObject({ step: "settle", revision: `"${held.revision}"` });
  });

  test("the clip is sent back with a reason, or rejected with one", async () => {
    const { person, held } = await open(settlement());
    await person.click(screen.getByRole("button", { name: "Reject the clip…" }));
    const rejecting = await screen.findByRole("dialog");
    const reject = within(rejecting).getByRole("button", { name: "Reject the clip" });
    expect(reject).toBeDisabled();
    await person.selectOptions(within(rejecting).getByRole("combobox"), "static");
    expect(reject).toBeEnabled();
    await person.click(within(rejecting).getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await person.click(screen.getByRole("button", { name: "Send back…" }));
    const sending = await screen.findByRole("dialog");
    await person.type(within(sending).getByRole("textbox"), "Neither fits.");
    await person.click(within(sending).getByRole("button", { name: "Send it back" }));
    await waitFor(() =>
      expect(held.asked.at(-1)).toMatchObject({
        step: "send-back",
        body: { reason: "Neither fits." },
      }),
    );
  });
});
