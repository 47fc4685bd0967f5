import classes from "@/ui/ProgressBar.module.css";

interface Props {
  label: string;
  done: number;
  /** Null while the amount of work is not known. */
  total: number | null;
}

export function ProgressBar({ label, done, total }: Props) {
  const isKnown = total !== null && total > 0;
  return (
    <span className={classes.row}>
      <progress
        className={classes.bar}
        aria-label={label}
        {...(isKnown ? { max: total, value: Math.min(done, total) } : {})}
      />
      <span className="figures quiet">{isKnown ? `${done} of ${total}` : `${done} so far`}</span>
    </span>
  );
}
