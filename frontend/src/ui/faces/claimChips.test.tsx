import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { renderPart } from "@/testing/render";

import { ClaimChips } from "./ClaimChips";

const FACES = {
  frameCount: 4,
  frames: [0, 1, 2, 3],
  main: [1],
  signals: [
    {
      track: 1,
      at: [0, 1, 2, 3],
      values: { smile: [0, 0, 800, 0], jaw_open: [0, 0, 0, 0] },
      baselines: { smile: 0, jaw_open: 0 },
      events: [],
    },
  ],
};

function show(text: string) {
  const onShow = vi.fn();
  renderPart(<ClaimChips text={text} frames={[1, 4]} phase={null} faces={FACES} onShow={onShow} />);
  return onShow;
}

const chips = () => screen.queryAllByRole("button").map(({ textContent }) => textContent);

test("each movement that a sentence claims has a word on what was measured", () => {
  show("She smiles, opens her mouth and turns her head to the left.");
  expect(chips()).toEqual([
    "Lip corners up: seen",
    "Jaw open: not seen",
    "Head turn, left: not measurable",
  ]);
});

test("of a movement that is denied it says what was measured all the same", () => {
  show("She does not smile and never opens her mouth.");
  expect(chips()).toEqual(["Lip corners up: seen", "Jaw open: not seen"]);
});

test("a sentence that claims no movement has no chip", () => {
  show("She has brown hair.");
  expect(chips()).toEqual([]);
});

test("a chip names the words and the curve, and asks for both to be shown", async () => {
  const onShow = show("She smiles.");
  const chip = screen.getByTitle(
    /^“smiles” is held against the curve “Lip corners up” in frames 1–3/,
  );
  await userEvent.setup().click(chip);
  expect(onShow).toHaveBeenCalledWith(
    expect.objectContaining({ signal: "smile", track: 1 }),
    [1, 4],
  );
});
