import { expect, test } from "vitest";

import { countOf } from "./counting";

test("one is told in the singular, nothing and several in the plural", () => {
  expect([0, 1, 2].map((count) => countOf(count, "clip"))).toEqual([
    "0 clips",
    "1 clip",
    "2 clips",
  ]);
  expect(countOf(3, "person", "people")).toBe("3 people");
});
