import type { AgreementFigures, AgreementNumber } from "@/api/agreement";
import { countOf } from "@/core/counting";

export const MEASURES = ["event_f1", "tem", "word_distance", "kappa"] as const;

export type Measure = (typeof MEASURES)[number];

/** Of fewer clips nothing is said of two people: one clip more may turn it round. */
export const FEW = 5;

export const MEASURE_LABELS: Readonly<Record<Measure, string>> = {
  event_f1: "Event F1",
  tem: "TEM",
  word_distance: "Words apart",
  kappa: "Kappa of inferences",
};

export const MEASURE_NOTES: Readonly<Record<Measure, string>> = {
  event_f1: "The share of events that both tell; 1 is all of them. Judged offline, by rules.",
  tem: "Events and their order together; 1 is the same events in the same order.",
  word_distance: "Words to change from one text to the other; 0 is the same text.",
  kappa:
    "Whether both mark the same words as inferred, beyond chance: 1 is always, 0 is as by chance. " +
    "Only words that both wrote are compared.",
};

/** What of the page is open, as the address holds it. */
export function readAgreementView(search: Record<string, unknown>): { measure?: Measure } {
  const measure = MEASURES.find((known) => known === search.measure);
  return measure === undefined ? {} : { measure };
}

/** Null where nobody marked a word. */
export function numberOf(figures: AgreementFigures, measure: Measure): AgreementNumber | null {
  return figures[measure];
}

export const isFew = ({ clips }: { clips: number }) => clips < FEW;

export const sayNumber = (value: number) => value.toFixed(2);

export function sayInterval({ low, high }: AgreementNumber): string {
  return `${sayNumber(low)} to ${sayNumber(high)}`;
}

export function sayClips(clips: number): string {
  const counted = countOf(clips, "clip");
  return clips < FEW ? `${counted}: too few` : counted;
}

/** How alike, from 0 to 1: words apart count the other way round, and no kappa is below chance. */
export function alikeness(value: number, measure: Measure): number {
  return measure === "word_distance" ? 1 - value : Math.max(0, value);
}
