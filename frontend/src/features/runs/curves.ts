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

const TICKS = 4;

/** A logarithm needs values above nothing; where there are others the plain scale is used. */
export function scaleOf(values: readonly number[], isLogarithmic: boolean): Scale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (isLogarithmic && low > 0) {
    const inner = plainScale(Math.log10(low), Math.log10(high));
    return {
      place: (value) => inner.place(Math.log10(value)),
      ticks: inner.ticks.map((tick) => 10 ** tick),
    };
  }
  return plainScale(Math.min(low, 0) === low ? low : lowest(low, high), high);
}

/** From nothing on where that costs little room, or where the rest is too even to be a curve. */
function lowest(low: number, high: number): number {
  return low < high / 2 || high - low < high / 20 ? 0 : low;
}

function plainScale(low: number, high: number): Scale {
  const span = high - low || Math.abs(high) || 1;
  return {
    place: (value) => (value - low) / span,
    ticks: Array.from({ length: TICKS }, (_, index) => low + (span * index) / (TICKS - 1)),
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
