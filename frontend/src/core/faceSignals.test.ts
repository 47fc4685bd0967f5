import { expect, test } from "vitest";

import { curvePath, eventKinds, eventName, placeAt, sayValue } from "./faceSignals";

test("a curve breaks where nothing was measured and stays inside its lane", () => {
  expect(curvePath([0, 2, 4, 6], [0, 500, null, 1200], [0, 1000])).toBe("M0.5 1000L2.5 500M6.5 0");
  expect(curvePath([0], [-45_000], [-45_000, 45_000])).toBe("M0.5 1000");
});

test("the value of a frame is that of the last frame that was looked at", () => {
  expect([0, 1, 2, 5].map((frame) => placeAt([1, 3], frame))).toEqual([-1, 0, 0, 1]);
});

test("values and events are said as people read them", () => {
  expect(sayValue(347, "%")).toBe("35 %");
  expect(sayValue(-12_400, "°")).toBe("-12°");
  expect(sayValue(null, "%")).toBe("–");
  expect(eventName("brow_raise", "left")).toBe("Brows up, left");
  expect(eventName("head_nod", "both")).toBe("Head nod");
});

test("events stand in the order of their curves, whichever came first", () => {
  const event = (kind: string) => ({ kind, start: 0, peak: 1, stop: 2, side: "both" as const });
  const kinds = ["new_kind", "head_nod", "blink", "smile", "blink"];
  expect(eventKinds(kinds.map(event))).toEqual(["smile", "blink", "head_nod", "new_kind"]);
});
