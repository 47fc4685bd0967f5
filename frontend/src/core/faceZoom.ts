import type { FaceTracks, TrackColumns } from "./faceTracks";

/** Where the picture is put: shares of its own size, to be used as translate, then scale. */
export interface Zoom {
  x: number;
  y: number;
  scale: number;
}

export const NO_ZOOM: Zoom = { x: 0, y: 0, scale: 1 };

/** How much of the height the face fills; the rest keeps chin and forehead in sight. */
const FACE_SHARE = 0.55;
const MOST = 6;
/** Frames to each side that are averaged: boxes tremble, and the picture must not. */
const CALM = 8;

interface Middle {
  x: number;
  y: number;
  height: number;
}

function middleOver(faces: FaceTracks, track: TrackColumns, frame: number): Middle | null {
  const { width, height } = faces.record;
  // Not across a cut or an absence: the face may be somewhere else there.
  const range = faces.rangesOf(track).find(([first, end]) => first <= frame && frame < end);
  if (range === undefined) return null;
  const around = Array.from({ length: 2 * CALM + 1 }, (_, place) => frame - CALM + place).filter(
    (each) => range[0] <= each && each < range[1],
  );
  const shown = around.flatMap((each) => {
    const face = faces.faceAt(track, each);
    return face === null ? [] : [face.box];
  });
  const mean = (value: (box: (typeof shown)[number]) => number) =>
    shown.reduce((sum, box) => sum + value(box), 0) / shown.length / 10;
  return {
    x: mean(([left, , right]) => (left + right) / 2) / width,
    y: mean(([, top, , bottom]) => (top + bottom) / 2) / height,
    height: mean(([, top, , bottom]) => bottom - top) / height,
  };
}

/** Shows the face in the middle without leaving the picture; null where no main face is. */
export function zoomAt(faces: FaceTracks, frame: number): Zoom | null {
  for (const track of faces.main) {
    const middle = middleOver(faces, track, frame);
    if (middle === null) continue;
    const scale = Math.min(MOST, Math.max(1, FACE_SHARE / middle.height));
    const put = (centre: number) => Math.min(0, Math.max(1 - scale, 0.5 - scale * centre));
    return { x: put(middle.x), y: put(middle.y), scale };
  }
  return null;
}
