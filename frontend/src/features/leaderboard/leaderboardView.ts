import type { Table } from "@/api/evaluations";

/** Which table is open, and the row that the others are compared with, as the address holds it. */
export interface LeaderboardView {
  version?: string | undefined;
  split?: string | undefined;
  judge?: string | undefined;
  against?: string | undefined;
}

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

export function readLeaderboardView(search: Record<string, unknown>): LeaderboardView {
  return {
    version: text(search.version),
    split: text(search.split),
    judge: text(search.judge),
    against: text(search.against),
  };
}

export function keyOf({ version, split, judge }: Pick<Table, "version" | "split" | "judge">) {
  return [version, split, judge ?? ""].join("|");
}

/** The table that the address names, else the newest. */
export function chosenTable(tables: readonly Table[], view: LeaderboardView): Table | undefined {
  const named = tables.find(
    ({ version, split, judge }) =>
      version === view.version && split === view.split && (judge ?? "") === (view.judge ?? ""),
  );
  return named ?? tables[0];
}
