import type { CardSummary } from "@/api/datasets";
import classes from "./datasets.module.css";

interface Props {
  title: string;
  summary: CardSummary;
}

/** How many captions have how much. The middle half is told in words. */
export function Histogram({ title, summary }: Props) {
  const most = Math.max(...summary.bars.map(({ count }) => count), 1);
  return (
    <figure className={classes.histogram} aria-label={title}>
      <figcaption>{title}</figcaption>
      <div className={classes.columns} aria-hidden="true">
        {summary.bars.map(({ from, to, count }) => (
          <span key={from} title={`${from} to under ${to}: ${count}`}>
            <span style={{ height: `${(count / most) * 100}%` }} />
          </span>
        ))}
      </div>
      <p className={classes.ends}>
        <span>{summary.least}</span>
        <span>
          half between {summary.quarter} and {summary.three_quarters}, median {summary.median}
        </span>
        <span>{summary.most}</span>
      </p>
    </figure>
  );
}
