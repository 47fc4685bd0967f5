/** Which curves show a movement, and how far they must move: ml/signals has the same tables. */
import type { Claim, Direction, Movement } from "./claims";

/** How far beyond its rest a curve must go, in its own unit, as ml/signals/actions.py says. */
interface Action {
  enter: number;
  /** A curve that goes one way rests no higher than this; one that goes both ways has none. */
  mostRest: number | null;
}

const ACTIONS = {
  blink: { enter: 250, mostRest: 400 },
  eyes_wide: { enter: 200, mostRest: 250 },
  smile: { enter: 300, mostRest: 250 },
  jaw_open: { enter: 120, mostRest: 250 },
  brow_raise: { enter: 300, mostRest: 250 },
  brow_lower: { enter: 200, mostRest: 250 },
  yaw: { enter: 12_000, mostRest: null },
  pitch: { enter: 8_000, mostRest: null },
  roll: { enter: 8_000, mostRest: null },
  gaze: { enter: 300, mostRest: null },
} satisfies Record<string, Action>;

export interface Curve {
  signal: string;
  action: Action;
  /** Which way it must move: 0 is either. */
  way: -1 | 0 | 1;
}

const curve = (signal: string, action: Action, way: Curve["way"] = 1): Curve => ({
  signal,
  action,
  way,
});

type Curves = Partial<Record<Direction, readonly Curve[]>> & { any: readonly Curve[] };

function sided(any: readonly Curve[], left: string, right: string, action: Action): Curves {
  return { any, left: [curve(left, action)], right: [curve(right, action)] };
}

const { blink, smile, brow_raise, brow_lower, yaw, pitch, roll, gaze } = ACTIONS;
const BLINKS = sided(
  [curve("blink_left", blink), curve("blink_right", blink)],
  "blink_left",
  "blink_right",
  blink,
);
const CURVES: Readonly<Record<Movement, Curves>> = {
  blink: BLINKS,
  eyes_closed: BLINKS,
  eyes_wide: { any: [curve("eyes_wide", ACTIONS.eyes_wide)] },
  smile: sided([curve("smile", smile)], "mouthSmileLeft", "mouthSmileRight", smile),
  jaw_open: { any: [curve("jaw_open", ACTIONS.jaw_open)] },
  brow_raise: sided(
    [curve("brow_raise", brow_raise)],
    "browOuterUpLeft",
    "browOuterUpRight",
    brow_raise,
  ),
  brow_lower: sided([curve("brow_lower", brow_lower)], "browDownLeft", "browDownRight", brow_lower),
  head_turn: {
    any: [curve("yaw", yaw, 0)],
    left: [curve("yaw", yaw)],
    right: [curve("yaw", yaw, -1)],
  },
  head_nod: {
    any: [curve("pitch", pitch, 0)],
    up: [curve("pitch", pitch)],
    down: [curve("pitch", pitch, -1)],
  },
  head_tilt: {
    any: [curve("roll", roll, 0)],
    left: [curve("roll", roll)],
    right: [curve("roll", roll, -1)],
  },
  gaze: {
    any: [curve("gaze_x", gaze, 0), curve("gaze_y", gaze, 0)],
    left: [curve("gaze_x", gaze)],
    right: [curve("gaze_x", gaze, -1)],
    up: [curve("gaze_y", gaze)],
    down: [curve("gaze_y", gaze, -1)],
  },
};

/** Only some movements have a curve for each side. */
export function curvesOf({ movement, direction }: Claim): readonly Curve[] {
  return CURVES[movement][direction ?? "any"] ?? CURVES[movement].any;
}
