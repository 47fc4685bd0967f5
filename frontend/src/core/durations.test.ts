import { expect, test } from "vitest";

import { sayAbout } from "./durations";

test.each([
  [3, "less than a minute"],
  [75, "about a minute"],
  [1310, "about 22 minutes"],
  [7300, "about 2 hours"],
  [200_000, "about 2 days"],
])("%d seconds are %s", (seconds, told) => {
  expect(sayAbout(seconds)).toBe(told);
});
