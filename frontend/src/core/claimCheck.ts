/**
 * Whether a sentence fits what was measured: a hint where to look, never a verdict.
 *
 * The twin of ml/signals/checking.py.
 */
import type { Phase } from "./captionDocument";
import { type Curve, curvesOf } from "./claimCurves";
import { type Claim, findClaims } from "./claims";
import type { FaceSignals, MeasuredFaces } from "./faceSignals";
import type { FrameRange } from "./frameTable";

export type Verdict = "consistent" | "not_seen" | "not_measurable";

/** What sentences of a clip are held against. */
export interface CheckedFaces extends MeasuredFaces {
  frameCount: number;
  /** The numbers of the main faces. */
  main: readonly number[];
}

export interface Finding {
  claim: Claim;
  verdict: Verdict;
  /** The curve to look at, of the track whose face decided. */
  signal: string;
  track: number | null;
}

/** Shares of the clip that a phase may mean; they overlap, as writers' phases do. */
const PHASE_SHARES: Readonly<Record<Phase, readonly [first: number, last: number]>> = {
  beginning: [0, 0.4],
  progress: [0.1, 1],
  middle: [0.25, 0.75],
  end: [0.6, 1],
  throughout: [0, 1],
};
/** What is not seen counts as not there only where at least so much of the range was measured. */
const MEASURED_SHARE = 0.5;
const REST_PERCENT = 20;

/** The sentence's own frames, else those that its phase may mean. */
export function checkedRange(
  frames: FrameRange | null,
  phase: Phase | null,
  frameCount: number,
): FrameRange {
  if (frames !== null) return frames;
  const [first, last] = PHASE_SHARES[phase ?? "throughout"];
  return [Math.floor(first * frameCount), Math.ceil(last * frameCount)];
}

export function checkSentence(text: string, faces: CheckedFaces, range: FrameRange): Finding[] {
  return findClaims(text).map((claim) => check(claim, faces, range));
}

/** Of several main faces, any one may be meant. */
function check(claim: Claim, faces: CheckedFaces, [start, stop]: FrameRange): Finding {
  const curves = curvesOf(claim);
  const places = new Set(
    [...faces.frames.entries()]
      .filter(([, frame]) => start <= frame && frame < stop)
      .map(([place]) => place),
  );
  const answers = faces.signals
    .filter(({ track }) => faces.main.includes(track))
    .flatMap((signals) =>
      curves.map((curve) => ({
        isSeen: isSeen(signals, curve, places),
        signal: curve.signal,
        track: signals.track,
      })),
    );
  const nothing = { isSeen: null, signal: curves[0]?.signal ?? "", track: null };
  // What was seen says most, what could not be measured least.
  const order = [true, false, null];
  const [decisive = nothing] = answers.sort(
    (one, other) => order.indexOf(one.isSeen) - order.indexOf(other.isSeen),
  );
  const { isSeen: seen, ...where } = decisive;
  if (seen === null) return { claim, verdict: "not_measurable", ...where };
  return { claim, verdict: seen === claim.isDenied ? "not_seen" : "consistent", ...where };
}

/** Null where too little was measured to say. */
function isSeen(signals: FaceSignals, curve: Curve, places: ReadonlySet<number>): boolean | null {
  const values = signals.values[curve.signal] ?? [];
  const found = signals.at.flatMap((place, column) =>
    places.has(place) ? (values[column] ?? []) : [],
  );
  const rest = restOf(signals, curve);
  if (found.some((value) => moves(value - rest, curve))) return true;
  const isMeasured = places.size > 0 && found.length >= MEASURED_SHARE * places.size;
  return isMeasured ? false : null;
}

function moves(away: number, { way, action }: Curve): boolean {
  return (way === 0 ? Math.abs(away) : way * away) >= action.enter;
}

function restOf({ baselines, values }: FaceSignals, { signal, action }: Curve): number {
  const known = baselines[signal];
  if (known !== undefined) return known;
  const measured = (values[signal] ?? []).filter((value) => value !== null);
  const ascending = measured.sort((one, other) => one - other);
  const percent = action.mostRest === null ? 50 : REST_PERCENT;
  const rest = ascending[Math.floor((ascending.length * percent) / 100)] ?? 0;
  return action.mostRest === null ? rest : Math.min(rest, action.mostRest);
}
