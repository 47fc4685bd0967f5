import classes from "@/ui/Whisker.module.css";

interface Props {
  value: number;
  low: number;
  high: number;
  /** What stands at the left and the right end. */
  from?: number;
  to?: number;
  /** Of so few clips that the next one may move it far. */
  isFew?: boolean;
  /** Something to be reached, drawn across. */
  line?: number | undefined;
}

/** A number and its interval as a dot on a bar. The number stands beside it, in digits. */
export function Whisker({ value, low, high, from = 0, to = 1, isFew = false, line }: Props) {
  const at = (number: number) =>
    Math.min(100, Math.max(0, ((number - from) / (to - from || 1)) * 100));
  return (
    <div className={classes.scale} data-few={isFew} aria-hidden="true">
      <span
        className={classes.range}
        style={{ left: `${at(low)}%`, width: `${at(high) - at(low)}%` }}
      />
      {line !== undefined && <span className={classes.line} style={{ left: `${at(line)}%` }} />}
      <span className={classes.dot} style={{ left: `${at(value)}%` }} />
    </div>
  );
}
