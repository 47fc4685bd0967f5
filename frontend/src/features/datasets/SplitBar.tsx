import { SPLITS } from "./datasetLabels";
import classes from "./datasets.module.css";

interface Counts {
  train: number;
  validation: number;
  test: number;
}

/** One bar for all clips, cut by split. The numbers stand beside it in words. */
export function SplitBar({ counts }: { counts: Counts }) {
  return (
    <span className={classes.splits} aria-hidden="true">
      {SPLITS.filter((split) => counts[split] > 0).map((split) => (
        <span key={split} data-split={split} style={{ flexGrow: counts[split] }} />
      ))}
    </span>
  );
}
