import { expect, test } from "vitest";

import { FaceTracks, type TrackColumns } from "./faceTracks";
import { zoomAt } from "./faceZoom";

/** Looked at every second frame; a cut at 8; the face is missed at 4 and gone after 12. */
const TRACK: TrackColumns = {
  number: 1,
  is_main: true,
  at: [0, 1, 3, 4, 5, 6],
  boxes: [0, 100, 300, 1000, 1000, 1000].map((left) => [left, 0, left + 200, 200]),
  tracklets: [
    [0, 3],
    [3, 6],
  ],
  mean_area: 0.1,
};
const FACES = new FaceTracks({
  width: 640,
  height: 360,
  frames: [0, 2, 4, 6, 8, 10, 12, 14, 16],
  cuts: [8],
  tracks: [TRACK],
  selection: { explanation: "Only one face was seen." },
  is_outdated: false,
});
const leftAt = (frame: number) => FACES.faceAt(TRACK, frame)?.box[0] ?? null;

test("between two frames that were looked at, a face moves evenly", () => {
  expect([leftAt(0), leftAt(1), leftAt(2)]).toEqual([0, 50, 100]);
  expect(FACES.faceAt(TRACK, 1)?.isGuessed).toBe(false);
});

test("where it was missed for a while, the place is a guess", () => {
  expect(leftAt(4)).toBe(200);
  expect([2, 3, 4, 5, 6].map((frame) => FACES.faceAt(TRACK, frame)?.isGuessed)).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
});

test("nothing moves across a cut, and the last place holds up to it", () => {
  expect([leftAt(6), leftAt(7), leftAt(8)]).toEqual([300, 300, 1000]);
});

test("a face that is gone is shown until the next frame that was looked at", () => {
  expect([leftAt(12), leftAt(13), leftAt(14)]).toEqual([1000, 1000, null]);
});

test("the timeline's ranges end where the next look or shot begins", () => {
  expect(FACES.rangesOf(TRACK)).toEqual([
    [0, 8],
    [8, 14],
  ]);
});

test("the zoom centres the face but never leaves the picture", () => {
  const zoom = zoomAt(FACES, 10);
  expect(zoom?.scale).toBe(6);
  // 110 of 640 pixels lie in the middle; the face is at the top, so the upper edge stays.
  expect(zoom?.x).toBeCloseTo(0.5 - 6 * (110 / 640));
  expect(zoom?.y).toBe(0);
  expect(zoomAt(FACES, 16)).toBeNull();
});
