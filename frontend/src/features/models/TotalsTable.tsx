import type { ReactNode } from "react";

import type { DraftTotals } from "@/api/modelVersions";
import { sayMoney } from "@/core/money";
import classes from "./plots.module.css";
import { FEW, fatesOf, priceEach, sayFates, sayJudged, sayPercent } from "./totals";
import { type Column, DataTable } from "@/ui/DataTable";
import { Whisker } from "@/ui/Whisker";

export interface TotalsRow {
  key: string;
  name: ReactNode;
  totals: DraftTotals;
}

interface Props {
  caption: string;
  /** What the rows are, as the head of their names. */
  header: string;
  rows: readonly TotalsRow[];
}

/** How good drafts were, one row beside the other; every mark stands with its number. */
export function TotalsTable({ caption, header, rows }: Props) {
  const slowest = Math.max(0, ...rows.map(({ totals }) => totals.seconds_p95 ?? 0));
  const columns: readonly Column<TotalsRow>[] = [
    { key: "name", header, cell: ({ name }) => <div className={classes.name}>{name}</div> },
    {
      key: "fates",
      header: "What became of its sentences",
      cell: ({ totals }) => <FatesPlot totals={totals} />,
    },
    {
      key: "edited",
      header: "Text edited",
      cell: ({ totals }) => <EditedPlot totals={totals} />,
    },
    {
      key: "seconds",
      header: "Seconds a draft",
      cell: ({ totals }) => <SecondsPlot totals={totals} slowest={slowest} />,
    },
    {
      key: "price",
      header: "Cost a draft",
      numeric: true,
      cell: ({ totals }) => {
        const each = priceEach(totals);
        return each === null ? "–" : sayMoney(each);
      },
    },
    {
      key: "judged",
      header: "Approved",
      numeric: true,
      cell: ({ totals }) => sayJudged(totals),
    },
  ];
  return (
    <DataTable caption={caption} columns={columns} rows={rows} rowKey={({ key }) => key} empty="" />
  );
}

/** Marks of few drafts are hatched: they may look good by chance. */
const isFew = ({ judged }: DraftTotals) => judged < FEW;

function FatesPlot({ totals }: { totals: DraftTotals }) {
  const fates = fatesOf(totals);
  if (fates === null) return <span className="quiet">None is approved yet</span>;
  return (
    <div className={classes.plot}>
      <div className={classes.fates} data-few={isFew(totals)} aria-hidden="true">
        <span data-fate="unchanged" style={{ width: `${fates.unchanged * 100}%` }} />
        <span data-fate="changed" style={{ width: `${fates.changed * 100}%` }} />
        <span data-fate="left-out" style={{ width: `${fates.leftOut * 100}%` }} />
      </div>
      <span className={classes.told}>{sayFates(fates)}</span>
    </div>
  );
}

function EditedPlot({ totals }: { totals: DraftTotals }) {
  if (totals.edited === null) return <span className="quiet">–</span>;
  return (
    <div className={classes.plot}>
      <Whisker
        value={totals.edited}
        low={totals.edited}
        high={totals.edited}
        isFew={isFew(totals)}
      />
      <span className={classes.told}>{sayPercent(totals.edited)} of its letters</span>
    </div>
  );
}

interface SecondsProps {
  totals: DraftTotals;
  /** The end of the line, the same in every row. */
  slowest: number;
}

function SecondsPlot({ totals, slowest }: SecondsProps) {
  const { seconds_median: middle, seconds_p95: most } = totals;
  if (middle === null || most === null || slowest === 0) return <span className="quiet">–</span>;
  return (
    <div className={classes.plot}>
      <Whisker value={middle} low={middle} high={most} to={slowest} />
      <span className={classes.told}>
        half within {sayPart(middle)}, most within {sayPart(most)}
      </span>
    </div>
  );
}

function sayPart(seconds: number): string {
  // Rules take milliseconds, which nobody waits for.
  if (seconds < 0.05) return "0.1 s";
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
