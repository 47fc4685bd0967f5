import type { Spending } from "@/api/drafts";

export interface SpentDay {
  /** As the server writes days: 2026-05-01. */
  day: string;
  price: number;
}

const DAY_MS = 86_400_000;
// As far back as the server tells.
const SHOWN = 30;

/** The last days up to this one, with those on which nothing was spent. */
export function spentDays(byDay: Spending["by_day"], today: Date): SpentDay[] {
  const prices = new Map(byDay.map(({ day, price }) => [day, Number(price)]));
  return Array.from({ length: SHOWN }, (_, index) => {
    const at = new Date(today.getTime() - (SHOWN - 1 - index) * DAY_MS);
    const day = at.toISOString().slice(0, 10);
    return { day, price: prices.get(day) ?? 0 };
  });
}
