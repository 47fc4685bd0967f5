import type { LeaderboardRow, Metric } from "@/api/evaluations";
import classes from "./leaderboard.module.css";
import {
  FEW,
  sayDifference,
  sayInterval,
  sayNumber,
  saySignTest,
  STANDING_LABELS,
  standingOf,
} from "./metricLabels";
import { Whisker } from "@/ui/Whisker";

interface Props {
  row: LeaderboardRow;
  metric: Metric;
  /** The right end of the plot, the same for all rows of the metric. */
  end: number;
  ceiling: number | undefined;
}

/** One number with its interval, as digits and as a dot, and what sets it apart from the chosen row. */
export function ScoreCell({ row, metric, end, ceiling }: Props) {
  const score = row.scores[metric];
  const difference = row.differences[metric];
  if (score === undefined) return <span className="quiet">–</span>;
  const standing = difference === undefined ? null : standingOf(difference);
  return (
    <div className={classes.score}>
      <span>
        <strong>{sayNumber(score.value)}</strong>{" "}
        <small className="quiet">{sayInterval(score)}</small>
      </span>
      <Whisker {...score} to={end} isFew={score.clips < FEW} line={ceiling} />
      {difference !== undefined && standing !== null && (
        <small className={classes.difference} data-standing={standing}>
          <span>{STANDING_LABELS[standing]}</span> <span>{sayDifference(difference)}</span>{" "}
          <span>{saySignTest(difference)}</span>
        </small>
      )}
    </div>
  );
}
