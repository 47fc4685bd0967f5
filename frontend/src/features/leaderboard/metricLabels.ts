import type { LeaderboardRow, Metric, Score, ScoreDifference } from "@/api/evaluations";
import { METRICS } from "@/api/evaluations";
import { countOf } from "@/core/counting";

/** Of fewer clips a number may be chance. */
export const FEW = 5;

export const METRIC_LABELS: Readonly<Record<Metric, string>> = {
  cider: "CIDEr",
  rouge_l: "ROUGE-L",
  autodq: "AutoDQ",
  tem: "TEM",
  correctness: "Correctness",
  detail: "Detail",
  context: "Context",
  temporal: "Temporal",
};

export const METRIC_NOTES: Readonly<Record<Metric, string>> = {
  cider: "rare words in common, 0 to 10",
  rouge_l: "longest run of words, 0 to 1",
  autodq: "events in common, 0 to 1",
  tem: "events and their order, 0 to 1",
  correctness: "a judge's mark, 0 to 5",
  detail: "a judge's mark, 0 to 5",
  context: "a judge's mark, 0 to 5",
  temporal: "a judge's mark, 0 to 5",
};

const MARKS: readonly Metric[] = ["correctness", "detail", "context", "temporal"];

export function metricsIn(names: readonly string[]): Metric[] {
  return METRICS.filter((metric) => names.includes(metric));
}

export function readMetric(value: unknown): Metric | undefined {
  return METRICS.find((metric) => metric === value);
}

/** The right end of a plot. CIDEr seldom comes near its 10, so there the best row is the end. */
export function endOf(metric: Metric, rows: readonly Pick<LeaderboardRow, "scores">[]): number {
  if (metric !== "cider") return MARKS.includes(metric) ? 5 : 1;
  const highest = Math.max(0.1, ...rows.map(({ scores }) => scores[metric]?.high ?? 0));
  return Math.min(10, highest);
}

export const sayClips = (clips: number) => countOf(clips, "clip");

export const sayNumber = (value: number) => value.toFixed(3);

export function sayInterval({ low, high }: Pick<Score, "low" | "high">): string {
  return `${sayNumber(low)} to ${sayNumber(high)}`;
}

export type Standing = "better" | "worse" | "unclear";

/** Only an interval that leaves 0 out tells two rows apart, and none of few clips does. */
export function standingOf({ low, high, wins, losses, ties }: ScoreDifference): Standing {
  if (wins + losses + ties < FEW) return "unclear";
  if (low > 0) return "better";
  return high < 0 ? "worse" : "unclear";
}

export const STANDING_LABELS: Readonly<Record<Standing, string>> = {
  better: "▲ better",
  worse: "▼ worse",
  unclear: "≈ not told apart",
};

function saySigned(value: number): string {
  return `${value < 0 ? "−" : "+"}${sayNumber(Math.abs(value))}`;
}

export function sayDifference({ value, low, high }: ScoreDifference): string {
  return `${saySigned(value)} (${saySigned(low)} to ${saySigned(high)})`;
}

export function saySignTest({ wins, losses, ties, p }: ScoreDifference): string {
  const chance = p < 0.001 ? "p below 0.001" : `p ${p.toFixed(3)}`;
  return `${wins} clips up, ${losses} down, ${ties} equal; ${chance}`;
}
