/** Something a face did; frames are the clip's own, `stop` is the first one after it. */
export interface MeasuredEvent {
  kind: string;
  start: number;
  peak: number;
  stop: number;
  /** The subject's own. */
  side: "both" | "left" | "right";
}

/** Curves and events of one face, with one value for each of its sightings. */
export interface FaceSignals {
  track: number;
  /** Places in the looked-at frames. */
  at: readonly number[];
  values: Readonly<Record<string, readonly (number | null)[]>>;
  /** Where a curve is while the face rests. */
  baselines: Readonly<Record<string, number>>;
  events: readonly MeasuredEvent[];
}

export interface MeasuredFaces {
  /** The clip's own frames that were looked at. */
  frames: readonly number[];
  signals: readonly FaceSignals[];
}

/** A curve a person can choose to see. Values are thousandths, angles of a degree. */
export interface SignalKind {
  id: string;
  label: string;
  /** The value at the lower and at the upper edge of the lane. */
  span: readonly [low: number, high: number];
  unit: "%" | "°";
}

const share = (id: string, label: string): SignalKind => ({
  id,
  label,
  span: [0, 1000],
  unit: "%",
});
const angle = (id: string, label: string, most: number): SignalKind => ({
  id,
  label,
  span: [-most * 1000, most * 1000],
  unit: "°",
});

/** Left and right are the subject's own. */
export const SIGNALS: readonly SignalKind[] = [
  share("smile", "Lip corners up"),
  share("jaw_open", "Jaw open"),
  share("brow_raise", "Brows up"),
  share("brow_lower", "Brows down"),
  share("blink_left", "Left eye closed"),
  share("blink_right", "Right eye closed"),
  share("eyes_wide", "Eyes wide"),
  angle("yaw", "Head turn", 45),
  angle("pitch", "Head nod", 30),
  angle("roll", "Head tilt", 30),
  share("motion", "Motion"),
];

const eyes = (id: string, label: string): SignalKind => ({
  ...share(id, label),
  span: [-1000, 1000],
});

/** Finer curves, for who asks for one of them. */
export const FINE_SIGNALS: readonly SignalKind[] = [
  share("mouthSmileLeft", "Left lip corner up"),
  share("mouthSmileRight", "Right lip corner up"),
  share("browOuterUpLeft", "Left brow up"),
  share("browOuterUpRight", "Right brow up"),
  share("browDownLeft", "Left brow down"),
  share("browDownRight", "Right brow down"),
  eyes("gaze_x", "Gaze to the left"),
  eyes("gaze_y", "Gaze up"),
];

export function signalName(id: string): string {
  return [...SIGNALS, ...FINE_SIGNALS].find((kind) => kind.id === id)?.label ?? id;
}

/** In the order of their curves. */
const EVENT_NAMES: Readonly<Record<string, string>> = {
  smile: "Lip corners up",
  jaw_open: "Jaw open",
  brow_raise: "Brows up",
  brow_lower: "Brows down",
  blink: "Blink",
  eyes_closed: "Eyes closed",
  eyes_wide: "Eyes wide",
  head_turn: "Head turn",
  head_nod: "Head nod",
  head_tilt: "Head tilt",
  gaze_shift: "Gaze shift",
  gaze: "Gaze",
};

/** Those that occur, in the order of their curves. */
export function eventKinds(events: readonly MeasuredEvent[]): string[] {
  const found = new Set(events.map(({ kind }) => kind));
  const ordered = Object.keys(EVENT_NAMES).filter((kind) => found.has(kind));
  return [...new Set([...ordered, ...found])];
}

export function eventName(kind: string, side: string): string {
  const name = EVENT_NAMES[kind] ?? kind.replaceAll("_", " ");
  return side === "both" ? name : `${name}, ${side}`;
}

export function sayValue(value: number | null | undefined, unit: SignalKind["unit"]): string {
  if (value === null || value === undefined) return "–";
  return unit === "%" ? `${Math.round(value / 10)} %` : `${Math.round(value / 1000)}°`;
}

/**
 * An SVG path in a box of `frameCount` by 1000 units; it breaks where nothing was measured.
 * `frames` are the clip's own frames of the values.
 */
export function curvePath(
  frames: readonly number[],
  values: readonly (number | null)[],
  [low, high]: SignalKind["span"],
): string {
  let isBroken = true;
  return values
    .flatMap((value, place) => {
      if (value === null) {
        isBroken = true;
        return [];
      }
      const inside = Math.min(1, Math.max(0, (value - low) / (high - low)));
      const step = `${isBroken ? "M" : "L"}${(frames[place] ?? 0) + 0.5} ${Math.round(1000 - inside * 1000)}`;
      isBroken = false;
      return [step];
    })
    .join("");
}

/** The place of the last measured frame that is not after `frame`; -1 before the first. */
export function placeAt(frames: readonly number[], frame: number): number {
  let place = -1;
  while ((frames[place + 1] ?? Infinity) <= frame) place += 1;
  return place;
}
