import { SHOWN, type Shown } from "@/api/screening";

export const PARTS = ["clips", "rules", "sampling"] as const;

export type Part = (typeof PARTS)[number];

/** What of the page is open, as the address holds it. */
export interface ScreeningView {
  part?: Part | undefined;
  show?: Shown | undefined;
}

export function readScreeningView(search: Record<string, unknown>): ScreeningView {
  return {
    part: PARTS.find((part) => part === search.part),
    show: SHOWN.find((show) => show === search.show),
  };
}
