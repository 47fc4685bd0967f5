import { expect, test } from "vitest";

import { sayBytes } from "./fileSize";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [12_345, "12 kB"],
  [5_400_000, "5.4 MB"],
  [7_000_000_000_000_000, "7000 TB"],
])("%i bytes read as %s", (bytes, said) => {
  expect(sayBytes(bytes)).toBe(said);
});
