import type { SplitCounts, Targets } from "@/api/datasets";
import { countOf } from "@/core/counting";
import { sayShare, SPLIT_LABELS, SPLITS } from "./datasetLabels";
import classes from "./datasets.module.css";
import { type Column, DataTable } from "@/ui/DataTable";

interface Row {
  split: (typeof SPLITS)[number];
  asked: string;
  clips: number;
  difference: string;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: "split",
    header: "Split",
    cell: ({ split }) => (
      <span className={classes.named} data-split={split}>
        {SPLIT_LABELS[split]}
      </span>
    ),
  },
  { key: "asked", header: "Asked for", cell: ({ asked }) => asked },
  { key: "clips", header: "Clips", numeric: true, cell: ({ clips }) => clips },
  { key: "difference", header: "Off", numeric: true, cell: ({ difference }) => difference },
];

/** What was asked for, what whole groups allowed, and how far apart these are. */
export function SplitTargets({ counts, targets }: { counts: SplitCounts; targets: Targets }) {
  const rows = SPLITS.map((split) => {
    const asked = split === "train" ? undefined : targets[`${split}_clips`];
    return {
      split,
      asked: sayAsked(split, targets),
      clips: counts[split],
      difference: asked === undefined ? "" : sayDifference(counts[split] - asked),
    };
  });
  return (
    <DataTable
      caption="Splits against what was asked for"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ split }) => split}
      empty={null}
    />
  );
}

function sayAsked(split: Row["split"], targets: Targets): string {
  if (split === "train") return "the rest";
  const share = targets[split];
  const clips = targets[`${split}_clips`];
  const number = clips === undefined ? null : countOf(clips, "clip");
  if (share === null) return number ?? "";
  return number === null ? sayShare(share) : `${sayShare(share)}, ${number}`;
}

function sayDifference(difference: number): string {
  return difference > 0 ? `+${difference}` : difference < 0 ? `−${-difference}` : "0";
}
