import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";

import { openApp } from "@/testing/render";
import { makeConsolidation, serveReview } from "@/testing/reviews";

async function open(changes: Parameters<typeof makeConsolidation>[0] = {}) {
  const consolidation = makeConsolidation(changes);
  const held = serveReview("consolidations", consolidation);
  const app = openApp(`/consolidations/${consolidation.id}`);
  await screen.findByRole("list", { name: "Rows" });
  return { ...app, held };
}

function row(number: number): HTMLElement {
  return screen.getByRole("listitem", { name: `Row ${number}` });
}

async function saveNow(person: UserEvent): Promise<void> {
  await person.keyboard("{Control>}[KeyS]{/Control}");
  expect(await screen.findByText(/^Saved at/)).toBeVisible();
}

describe("the rows", () => {
  test("say how far the annotations agree, and never who wrote them", async () => {
    await open();
    const states = screen
      .getAllByRole("listitem", { name: /^Row \d+$/ })
      .map((item) => /All agree|Two of three|One only|Conflict/.exec(item.textContent)?.[0]);
    expect(states).toEqual(["All agree", "Two of three", "Conflict", "One only", "All agree"]);
    expect(within(row(2)).getByRole("group", { name: "Annotation C" })).toHaveTextContent(
      "says nothing here",
    );
  });

  test("the head says how far the events agree, of each pair by letters", async () => {
    const pair = { tem: 0.5, word_distance: 0.5 };
    await open({
      agreement: {
        event_f1: 0.61,
        pairs: [
          { one: "A", other: "B", event_f1: 0.7, ...pair },
          { one: "A", other: "C", event_f1: 0.55, ...pair },
          { one: "B", other: "C", event_f1: 0.58, ...pair },
        ],
      },
    });
    expect(screen.getByText("Event F1 0.61 (A–B 0.70, A–C 0.55, B–C 0.58)")).toBeVisible();
  });

  test("the head says when agreement is still to come", async () => {
    await open();
    expect(screen.getByText("Agreement is not computed yet")).toBeVisible();
  });

  test("the drafts come with a key, and their words can be taken", async () => {
    const { person } = await open();
    expect(screen.queryByText("He blinks twice.")).not.toBeInTheDocument();
    await person.keyboard("[KeyD]");
    const cell = screen.getByText("He blinks twice.").closest("[role='group']");
    expect(cell).toHaveAccessibleName("Draft X");
    await person.click(screen.getByRole("button", { name: "Take Draft X: He blinks twice." }));
    expect(screen.getByRole("textbox", { name: "Facial change 1" })).toHaveTextContent(
      "He blinks twice.",
    );
  });

  test("word differences are insertions and deletions", async () => {
    const { person } = await open();
    await person.click(screen.getByRole("radio", { name: "Against the first" }));
    const cell = within(row(2)).getByRole("group", { name: "Annotation B" });
    expect(cell.querySelector("del")).toHaveTextContent("slightly");
    expect(cell.querySelector("ins")).toHaveTextContent("a little");
  });
});

describe("choosing by keys", () => {
  test("the page opens at its top and follows the chosen row", async () => {
    const follow = vi.spyOn(Element.prototype, "scrollIntoView");
    const { person } = await open();
    expect(follow).not.toHaveBeenCalled();
    await person.keyboard("{ArrowDown}");
    expect(follow.mock.contexts).toEqual([row(2)]);
  });

  test("a taken sentence is saved with its origin and the pick", async () => {
    const { person, held } = await open();
    await person.keyboard("{ArrowDown}[Digit2]");
    expect(screen.getByRole("textbox", { name: "Facial change 1" })).toHaveTextContent(
      "His brows rise a little.",
    );
    expect(row(2)).toHaveTextContent("Taken from B");
    await saveNow(person);
    expect(held.document.facial_changes[0]).toMatchObject({
      text: "His brows rise a little.",
      phase: "beginning",
      frames: [0, 2],
      origin: { kind: "annotation", uid: "ub", sentence: "b2" },
    });
    expect(held.picks).toEqual([
      {
        action: "take",
        sentence: held.document.facial_changes[0]?.id,
        sources: [{ kind: "annotation", uid: "ub", sentence: "b2" }],
        text_before: "",
        text_after: "His brows rise a little.",
        reason: "",
      },
    ]);
  });

  test("a pick is sent once, however often is saved", async () => {
    const { person, held } = await open();
    await person.keyboard("[Digit1]");
    await saveNow(person);
    await person.keyboard("{ArrowDown}[Digit1]");
    await waitFor(() => expect(held.picks).toHaveLength(2));
    expect(held.picks.map(({ text_after }) => text_after)).toEqual([
      "A man with a short beard.",
      "His brows rise slightly.",
    ]);
  });

  test("Shift and a digit add, Z undoes", async () => {
    const { person } = await open();
    await person.keyboard("{ArrowDown}[Digit1]{Shift>}[Digit2]{/Shift}");
    const written = () => screen.getByRole("textbox", { name: "Facial change 1" });
    expect(written()).toHaveTextContent("His brows rise slightly. His brows rise a little.");
    expect(row(2)).toHaveTextContent("Taken from A + B");
    await person.keyboard("[KeyZ]");
    expect(written()).toHaveTextContent(/^His brows rise slightly\.$/);
    await person.keyboard("[KeyZ]");
    expect(screen.queryByRole("textbox", { name: "Facial change 1" })).not.toBeInTheDocument();
  });

  test("F8 goes to the next open row, A takes what all agree on", async () => {
    const { person } = await open();
    await person.keyboard("[KeyA]");
    expect(screen.getByText("3 of 5 rows open")).toBeVisible();
    await person.keyboard("[F8]");
    expect(row(2)).toHaveAttribute("aria-current", "true");
    await person.keyboard("[Digit1][F8]");
    expect(row(3)).toHaveAttribute("aria-current", "true");
  });

  test("leaving out what several saw asks why; one alone goes at once", async () => {
    const { person, held } = await open();
    await person.keyboard("{ArrowDown}{Delete}");
    const dialog = await screen.findByRole("dialog");
    await person.type(within(dialog).getByRole("textbox"), "They do not move.");
    await person.click(within(dialog).getByRole("button", { name: "Leave it out" }));
    expect(row(2)).toHaveTextContent("Left out");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await person.keyboard("{ArrowDown}{ArrowDown}{Delete}");
    expect(row(4)).toHaveTextContent("Left out");
    await waitFor(() => expect(held.picks).toHaveLength(2));
    expect(held.picks[0]).toMatchObject({ action: "drop", reason: "They do not move." });
  });

  test("E opens the sentence; what is typed goes on record", async () => {
    const { person, held } = await open();
    await person.keyboard("[Digit1][KeyE]");
    const text = screen.getByRole("textbox", { name: "External attribute 1" });
    await waitFor(() => expect(text).toHaveFocus());
    await person.paste(" He wears a hat.");
    await person.keyboard("{Escape}");
    await saveNow(person);
    expect(held.picks.at(-1)).toMatchObject({
      action: "edit",
      text_before: "A man with a short beard.",
      sources: [{ kind: "annotation", uid: "ua", sentence: "a1" }],
    });
  });
});

describe("the end", () => {
  test("finishing waits for conflicts and for a verdict on each, one key for each", async () => {
    const { person, held, router } = await open();
    await person.keyboard("{Control>}{Enter}{/Control}");
    let dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("Decide the conflicts first: 1 still open.");
    await person.click(within(dialog).getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await person.keyboard("{ArrowDown}{ArrowDown}[Digit2]");
    await person.keyboard("{Control>}{Enter}{/Control}");
    dialog = await screen.findByRole("dialog");
    const finish = within(dialog).getByRole("button", { name: "Finish and next" });
    expect(finish).toBeDisabled();
    await person.click(within(dialog).getAllByRole("radio")[0] ?? dialog);
    await person.keyboard("[Digit1]");
    for (const [group, key] of [
      ["Annotation B", "[Digit2]"],
      ["Annotation C", "[Digit4]"],
    ] as const) {
      const radios = within(within(dialog).getByRole("radiogroup", { name: group }));
      await waitFor(() => expect(radios.getAllByRole("radio")[0]).toHaveFocus());
      await person.keyboard(key);
    }
    await waitFor(() => expect(finish).toHaveFocus());
    await person.keyboard("{Enter}");
    await expect.poll(() => router.state.location.pathname).toBe("/projects/3/queue");
    expect(held.asked).toEqual([
      {
        step: "finish",
        body: { verdicts: { ua: "accepted", ub: "minor", uc: "to_be_revised" } },
        revision: `"${held.revision}"`,
      },
    ]);
  });

  test("an annotation goes back with a reason and the sentences meant", async () => {
    const { person, held, router } = await open();
    await person.click(screen.getByRole("button", { name: "Return an annotation…" }));
    const dialog = await screen.findByRole("dialog");
    await person.click(within(dialog).getByRole("radio", { name: "Annotation A" }));
    await person.click(within(dialog).getByRole("checkbox", { name: "His left eye closes." }));
    await person.type(within(dialog).getByRole("textbox"), "Look at the side again.");
    await person.click(within(dialog).getByRole("button", { name: "Return it" }));
    await expect.poll(() => router.state.location.pathname).toBe("/projects/3/queue");
    expect(held.asked[0]).toMatchObject({
      step: "return",
      body: { annotation: "ua", reason: "Look at the side again.", sentences: ["a3"] },
    });
  });

  test("answers and votes of annotators are shown, an exhausted loop is closed", async () => {
    const { annotations } = makeConsolidation();
    const returned = { reason: "Which side?", answer: "His own right.", loop: 2, open: false };
    const { person } = await open({
      annotations: annotations.map((each, index) =>
        index === 1 ? { ...each, return: returned } : each,
      ),
      votes: [{ reason: "static", note: "" }],
    });
    expect(screen.getByText("Answer: His own right.")).toBeVisible();
    expect(screen.getByText("Nothing moves in the face")).toBeVisible();
    await person.click(screen.getByRole("button", { name: "Return an annotation…" }));
    expect(await screen.findByRole("radio", { name: /^Annotation B/ })).toBeDisabled();
  });

  test("a clip that was lost is shown and cannot be changed", async () => {
    const { person } = await open({ status: "lost", lease_until: null });
    expect(screen.getByText("Another reviewer has this clip now.")).toBeVisible();
    await person.keyboard("[Digit1]");
    expect(screen.queryByRole("textbox")).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Finish…" })).not.toBeInTheDocument();
  });
});
