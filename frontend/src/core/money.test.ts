import { expect, test } from "vitest";

import { sayMoney } from "./money";

test.each([
  ["0.000000", "0.00"],
  ["12.500000", "12.50"],
  ["14.471000", "14.47"],
  ["0.012345", "0.0123"],
  ["0.000004", "less than 0.0001"],
])("%s is told as %s", (price, told) => {
  expect(sayMoney(price)).toBe(told);
});
