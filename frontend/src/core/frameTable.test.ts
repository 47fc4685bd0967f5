import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { FrameTable } from "./frameTable";

const steady = new FrameTable(
  Array.from({ length: 98 }, (_, i) => i / 25),
  98 / 25,
);
/** Variable rate, and the first frame does not lie at zero. */
const uneven = new FrameTable([0.08, 0.12, 0.28, 0.3], 0.5);

describe("frames and seconds", () => {
  test("the middle of a frame is sought", () => {
    expect(steady.seekTime(0)).toBeCloseTo(0.02);
    expect(uneven.seekTime(1)).toBeCloseTo(0.2);
  });

  test("the last frame lasts until the clip ends", () => {
    expect(uneven.seekTime(3)).toBeCloseTo(0.4);
    expect(uneven.startOf(4)).toBe(0.5);
  });

  test("a duration shorter than the last frame's start is not believed", () => {
    expect(new FrameTable([0, 1], 0.5).seekTime(1)).toBe(1);
  });

  test.each([
    [0, 0],
    [0.08, 0],
    [0.1199, 1],
    [0.12, 1],
    [0.2799, 2],
    [0.29, 2],
    [9, 3],
    [-1, 0],
  ])("at %f s frame %i of the uneven clip is on screen", (seconds, frame) => {
    expect(uneven.frameAt(seconds)).toBe(frame);
  });

  test("a time rounded down by the browser still names its frame", () => {
    expect(steady.frameAt(Number((37 / 25).toFixed(6)) - 0.000001)).toBe(37);
  });

  test("every frame is found again from where it is sought", () => {
    const gaps = fc.array(fc.integer({ min: 4, max: 400 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 5000 }), (milliseconds, offset) => {
        let at = offset;
        const starts = milliseconds.map((gap) => (at += gap) / 1000);
        const table = new FrameTable(starts, (at + 40) / 1000);
        return starts.every(
          (start, frame) =>
            table.frameAt(table.seekTime(frame)) === frame && table.frameAt(start) === frame,
        );
      }),
    );
  });

  test("an empty clip is refused", () => {
    expect(() => new FrameTable([], 1)).toThrow("at least one frame");
  });
});

describe("half a second on", () => {
  test("lands on the frame shown then", () => {
    expect(steady.frameAfter(10, 0.5)).toBe(22);
    expect(steady.frameAfter(10, -0.2)).toBe(5);
  });

  test("moves at least one frame, and stays inside the clip", () => {
    expect(uneven.frameAfter(1, 0.05)).toBe(2);
    expect(uneven.frameAfter(3, 0.5)).toBe(3);
    expect(uneven.frameAfter(0, -0.5)).toBe(0);
  });
});

describe("ranges", () => {
  test("edges are put in order and inside the clip", () => {
    expect(steady.clampRange([30, 10])).toEqual([10, 30]);
    expect(steady.clampRange([-5, 500])).toEqual([0, 98]);
  });

  test("a range holds at least one frame", () => {
    expect(steady.clampRange([12, 12])).toEqual([12, 13]);
    expect(steady.clampRange([98, 98])).toEqual([97, 98]);
  });
});
