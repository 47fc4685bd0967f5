import type { DraftTotals } from "@/api/modelVersions";
import { countOf } from "@/core/counting";

/** Of fewer approved drafts a share says little: one clip more would move it by a tenth. */
export const FEW = 10;

/** What became of the sentences, as shares that add up to 1. */
export interface Fates {
  unchanged: number;
  changed: number;
  leftOut: number;
}

/** Null until a caption of a drafted clip is approved. */
export function fatesOf({ survival, unchanged }: DraftTotals): Fates | null {
  if (survival === null || unchanged === null) return null;
  return { unchanged, changed: survival - unchanged, leftOut: 1 - survival };
}

export function sayPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function sayFates({ unchanged, changed, leftOut }: Fates): string {
  return `${sayPercent(unchanged)} as drafted, ${sayPercent(changed)} changed, ${sayPercent(leftOut)} left out`;
}

export function sayJudged({ judged, drafts }: DraftTotals): string {
  const counted = `${judged} of ${countOf(drafts, "draft")}`;
  return judged > 0 && judged < FEW ? `${counted}: few` : counted;
}

/** Null where there are no drafts to divide by. */
export function priceEach({ price, drafts }: DraftTotals): number | null {
  return drafts === 0 ? null : Number(price) / drafts;
}
