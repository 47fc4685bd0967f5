import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { serveFaces } from "@/testing/faces";
import { openApp } from "@/testing/render";
import {
  caption,
  makeConsolidation,
  makeCrossValidation,
  sentence,
  serveReview,
} from "@/testing/reviews";

const RAISED = "Brows up: seen";

function cell(row: number, name: string): HTMLElement {
  const item = screen.getByRole("listitem", { name: `Row ${row}` });
  return within(item).getByRole("group", { name });
}

async function openConsolidation(faces: 0 | 1) {
  const review = makeConsolidation();
  serveReview("consolidations", review);
  serveFaces(faces);
  const app = openApp(`/consolidations/${review.id}`);
  await screen.findByRole("list", { name: "Rows" });
  return app;
}

test("annotations and what is taken from them are held against the curves", async () => {
  const { person } = await openConsolidation(1);
  await within(cell(2, "Annotation B")).findByRole("button", { name: RAISED });
  const short = within(cell(2, "Annotation A")).getByRole("button", { name: "Brows up: not seen" });
  expect(short).toBeVisible();
  await person.keyboard("{ArrowDown}[Digit2]");
  const result = screen.getByRole("region", { name: "Result" });
  expect(within(result).getByRole("button", { name: RAISED })).toBeVisible();
});

test("a chip opens the closed panel at its curve and plays its frames", async () => {
  const follow = vi.spyOn(Element.prototype, "scrollIntoView");
  const { person } = await openConsolidation(1);
  const chip = await within(cell(2, "Annotation B")).findByRole("button", { name: RAISED });
  expect(screen.queryByRole("group", { name: "Curves of face 1" })).not.toBeInTheDocument();
  await person.click(chip);
  const curves = screen.getByRole("group", { name: "Curves of face 1" });
  expect(within(curves).getByRole("checkbox", { name: /^Brows up/ })).toBeChecked();
  expect(within(curves).getByRole("checkbox", { name: /^Left eye closed/ })).not.toBeChecked();
  await waitFor(() => expect(follow.mock.contexts.at(-1)).toBe(curves.previousElementSibling));
  expect(screen.getByRole("button", { name: "Clear the range" })).toBeVisible();
});

test("a panel that was closed again opens for the next chip", async () => {
  const { person } = await openConsolidation(1);
  const chip = await within(cell(2, "Annotation B")).findByRole("button", { name: RAISED });
  await person.click(chip);
  await person.click(screen.getByText("Faces and what was measured in them"));
  expect(screen.queryByRole("group", { name: "Curves of face 1" })).not.toBeInTheDocument();
  await person.click(chip);
  expect(screen.getByRole("group", { name: "Curves of face 1" })).toBeVisible();
});

test("a clip without a face says so once, and no sentence has a chip", async () => {
  await openConsolidation(0);
  expect(await screen.findAllByText(/^No face was found in this clip/)).toHaveLength(1);
  expect(screen.queryByRole("button", { name: /not measurable/ })).not.toBeInTheDocument();
});

test("a blind reviewer sees chips of the annotations, and of no result", async () => {
  const blind = makeCrossValidation({
    mode: "blind",
    step: 1,
    annotations: makeConsolidation().annotations.slice(0, 2),
  });
  serveReview("cross-validations", blind);
  serveFaces();
  openApp(`/cross-validations/${blind.id}`);
  expect(await screen.findAllByRole("button", { name: /^Brows up: / })).toHaveLength(2);
  const result = screen.getByRole("region", { name: "Result" });
  expect(within(result).queryByRole("button", { name: /^Brows up: / })).not.toBeInTheDocument();
});

test("the sentences of a result that is checked have chips, its summary has none", async () => {
  const first = caption(
    [],
    [sentence("r2", "His brows rise.", { phase: "middle" })],
    sentence("r5", "A man smiles."),
  );
  const review = makeCrossValidation({ document: first, first_result: { document: first } });
  serveReview("cross-validations", review);
  serveFaces();
  openApp(`/cross-validations/${review.id}`);
  await within(await screen.findByRole("list", { name: "Rows" })).findByRole("button", {
    name: RAISED,
  });
  expect(screen.queryByRole("button", { name: /^Lip corners up: / })).not.toBeInTheDocument();
});
