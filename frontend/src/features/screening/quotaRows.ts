import type { Quota } from "@/api/sampling";

/** A line of the plan while it is edited. */
export interface QuotaRow {
  key: string;
  source: number;
  emotion: string;
  wanted: number;
}

export function rowsOfPlan(quotas: readonly Quota[]): QuotaRow[] {
  return quotas.map(({ source, emotion, wanted }) => ({
    key: `${source}/${emotion}`,
    source,
    emotion,
    wanted,
  }));
}

function isSame(row: QuotaRow, { source, emotion }: Pick<Quota, "source" | "emotion">): boolean {
  return row.source === source && row.emotion.trim() === emotion;
}

/** How many clips a line has already; nothing for one that is not stored yet. */
export function stateOf(row: QuotaRow, quotas: readonly Quota[]): Quota | null {
  return quotas.find((quota) => isSame(row, quota)) ?? null;
}

/** The line that another one says already; a source and an emotion have one quota. */
export function repeatedRow(rows: readonly QuotaRow[]): QuotaRow | null {
  const isRepeated = (row: QuotaRow, index: number) =>
    rows.slice(0, index).some((former) => isSame(former, { ...row, emotion: row.emotion.trim() }));
  return rows.find(isRepeated) ?? null;
}
