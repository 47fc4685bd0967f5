import type { MetricPoint } from "@/api/runs";

export interface Point {
  step: number;
  value: number;
}

/** The points of one measure, in order; a validation has its own lines. */
export function curveOf(points: readonly MetricPoint[], measure: string): Point[] {
  return points.flatMap((point) => {
    const { step, [measure]: value } = point;
    const isKnown = typeof step === "number" && typeof value === "number";
    return isKnown && Number.isFinite(value) ? [{ step, value }] : [];
  });
}

/** Where a value stands between the lowest, 0, and the highest, 1. */
export interface Scale {
  place: (value: number) => number;
  ticks: readonly number[];
}

const MOST_STEPS = 4;

/** A logarithm needs values above nothing; where there are others the plain scale is used. */
export function scaleOf(values: readonly number[], isLogarithmic: boolean): Scale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return isLogarithmic && low > 0
    ? logarithmicScale(low, high)
    : plainScale(lowest(low, high), high);
}

/** From nothing on where that costs little room, or where the rest is too even to be a curve. */
function lowest(low: number, high: number): number {
  if (low < 0) return low;
  return low < high / 2 || high - low < high / 20 ? 0 : low;
}

/** Its ends and its lines are round numbers. */
function plainScale(low: number, high: number): Scale {
  const step = roundStep((high - low || Math.abs(high) || 1) / MOST_STEPS);
  const first = Math.floor(low / step);
  const count = Math.max(Math.ceil(high / step) - first, 1);
  return {
    place: (value) => (value / step - first) / count,
    ticks: Array.from({ length: count + 1 }, (_, index) => (first + index) * step),
  };
}

/** The next of 1, 2 and 5 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((times) => times * power >= least) ?? 10) * power;
}

/** From end to end, with a line at each third. */
function logarithmicScale(low: number, high: number): Scale {
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const span = to - from || 1;
  return {
    place: (value) => (Math.log10(value) - from) / span,
    ticks: [0, 1, 2, 3].map((third) => 10 ** (from + (span * third) / 3)),
  };
}

const PLAIN = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });

/** Three digits, and powers of ten where a number is too small to read otherwise. */
export function sayFigure(value: number): string {
  const isTiny = value !== 0 && Math.abs(value) < 0.001;
  return isTiny ? value.toExponential(1) : PLAIN.format(value);
}

/** The last point at or before a step. */
export function pointAt(points: readonly Point[], step: number): Point | undefined {
  return points.findLast((point) => point.step <= step);
}
