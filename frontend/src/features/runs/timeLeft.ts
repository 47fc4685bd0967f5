import type { Run } from "@/api/runs";

/** By the pace of this run so far; null before it has one. */
export function secondsLeft(
  { step, steps, started_at: began }: Pick<Run, "step" | "steps" | "started_at">,
  now: number,
): number | null {
  if (began === null || step < 1 || steps <= step) return null;
  return ((now - Date.parse(began)) / 1000 / step) * (steps - step);
}
