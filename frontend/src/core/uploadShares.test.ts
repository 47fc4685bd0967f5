import { expect, test } from "vitest";

import { sentOfEach } from "./uploadShares";

test.each([
  [0, [0, 0, 0]],
  [4, [4, 0, 0]],
  [10, [10, 0, 0]],
  [12, [10, 0, 2]],
  [15, [10, 0, 5]],
  // The form's own lines make the request a little longer than its files.
  [999, [10, 0, 5]],
])("after %i bytes of one request", (sent, each) => {
  expect(sentOfEach([10, 0, 5], sent)).toEqual(each);
});
