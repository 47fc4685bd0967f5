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
      <span data-split="train" style={{ flexGrow: counts.train }} />
      <span data-split="validation" style={{ flexGrow: counts.validation }} />
      <span data-split="test" style={{ flexGrow: counts.test }} />
    </span>
  );
}
