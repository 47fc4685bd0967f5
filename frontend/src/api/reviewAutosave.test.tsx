import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { openApp } from "@/testing/render";
import {
  ANNOTATION_A,
  makeConsolidation,
  makeCrossValidation,
  serveReview,
} from "@/testing/reviews";

test.each([
  ["consolidation", makeConsolidation({ document: ANNOTATION_A })],
  [
    "cross-validation",
    makeCrossValidation({ document: ANNOTATION_A, first_result: { document: ANNOTATION_A } }),
  ],
] as const)(
  "a %s lets another tab take over as soon as its text is saved",
  async (kind, review) => {
    const held = serveReview(`${kind}s`, review);
    const { person } = openApp(`/${kind}s/${review.id}`);
    const rows = await screen.findByRole("list", { name: "Rows" });
    const row = within(rows).getByRole("listitem", { name: "Row 4" });
    await person.click(row);
    await person.keyboard("{Delete}");
    expect(held.revision).toBe(review.revision);

    const other = new BroadcastChannel(`countenance-${kind}-${review.id}`);
    const savedWhenLetGo = new Promise<number>((resolve) => {
      other.onmessage = ({ data }) => {
        if (data === "let-go") resolve(held.document.facial_changes.length);
      };
    });
    other.postMessage("i-write");
    expect(await savedWhenLetGo).toBe(ANNOTATION_A.facial_changes.length - 1);
    await waitFor(() =>
      expect(screen.getByText("This clip is open in another tab.")).toBeVisible(),
    );
    other.close();
  },
);
