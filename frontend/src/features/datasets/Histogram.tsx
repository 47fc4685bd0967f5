import type { CardSummary } from "@/api/datasets";
import classes from "./datasets.module.css";
import { Columns } from "@/ui/Columns";

interface Props {
  title: string;
  summary: CardSummary;
}

/** How many captions have how much. The middle half is told in words. */
export function Histogram({ title, summary }: Props) {
  return (
    <figure className={classes.histogram} aria-label={title}>
      <figcaption>{title}</figcaption>
      <Columns
        columns={summary.bars.map(({ from, to, count }) => ({
          key: from,
          amount: count,
          title: `${from} to under ${to}: ${count}`,
        }))}
        ends={[
          summary.least,
          `half between ${summary.quarter} and ${summary.three_quarters}, median ${summary.median}`,
          summary.most,
        ]}
      />
    </figure>
  );
}
