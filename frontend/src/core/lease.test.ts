import { expect, test } from "vitest";

import { viewLease } from "./lease";

const until = "2030-01-01T10:20:00Z";

test.each([
  ["2030-01-01T10:02:18Z", "17:42", false, false],
  ["2030-01-01T10:17:59.5Z", "2:01", false, false],
  ["2030-01-01T10:18:00Z", "2:00", true, false],
  ["2030-01-01T10:19:59.2Z", "0:01", true, false],
  ["2030-01-01T10:20:00Z", "0:00", false, true],
  ["2030-01-01T11:00:00Z", "0:00", false, true],
])("at %s the clock shows %s", (now, label, isEnding, isOver) => {
  expect(viewLease(until, Date.parse(now))).toMatchObject({ label, isEnding, isOver });
});
