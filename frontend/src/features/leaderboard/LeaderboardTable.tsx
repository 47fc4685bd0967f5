import { Link } from "@tanstack/react-router";

import type { Leaderboard, LeaderboardRow, Metric } from "@/api/evaluations";
import { sayMoney } from "@/core/money";
import classes from "./leaderboard.module.css";
import { endOf, METRIC_LABELS, METRIC_NOTES, metricsIn, sayClips } from "./metricLabels";
import { ScoreCell } from "./ScoreCell";

const GROUPS: readonly { title: string; kinds: readonly LeaderboardRow["kind"][] }[] = [
  { title: "Models", kinds: ["model", "uploaded"] },
  {
    title:
      "People. Second reviewers who wrote without seeing the first result are the ceiling, the dashed line.",
    kinds: ["reviewers", "annotator"],
  },
  { title: "Chance: what texts score that know nothing of their clip, or half", kinds: ["chance"] },
];

interface Props {
  table: Leaderboard;
  /** The uid of the row that the others are compared with. */
  against: string;
  onAgainst: (evaluationUid: string) => void;
}

/** Every row of a split by one judge, in groups that are not to be mixed. */
export function LeaderboardTable({ table, against, onAgainst }: Props) {
  const metrics = metricsIn(table.metrics);
  return (
    <div
      className={classes.scroller}
      role="region"
      aria-label="Scores, which scroll sideways"
      tabIndex={0}
    >
      <table className={classes.table}>
        <caption className="visually-hidden">Scores</caption>
        <thead>
          <tr>
            <th scope="col">Row</th>
            {metrics.map((metric) => (
              <th key={metric} scope="col">
                {METRIC_LABELS[metric]}
                <small>{METRIC_NOTES[metric]}</small>
              </th>
            ))}
          </tr>
        </thead>
        {GROUPS.map(({ title, kinds }) => (
          <Group
            key={title}
            title={title}
            rows={table.rows.filter(({ kind }) => kinds.includes(kind))}
            all={table.rows}
            metrics={metrics}
            against={against}
            onAgainst={onAgainst}
          />
        ))}
      </table>
    </div>
  );
}

interface GroupProps extends Omit<Props, "table"> {
  title: string;
  rows: readonly LeaderboardRow[];
  all: readonly LeaderboardRow[];
  metrics: readonly Metric[];
}

function Group({ title, rows, all, metrics, against, onAgainst }: GroupProps) {
  if (rows.length === 0) return null;
  const reviewers = all.find(({ kind }) => kind === "reviewers");
  return (
    <tbody>
      <tr className={classes.group}>
        <th scope="rowgroup" colSpan={metrics.length + 1}>
          {title}
        </th>
      </tr>
      {rows.map((row) => (
        <tr key={row.evaluation} data-apart={!row.is_same_set}>
          <th scope="row">
            <RowName row={row} isBase={row.evaluation === against} onAgainst={onAgainst} />
          </th>
          {metrics.map((metric) => (
            <td key={metric}>
              <ScoreCell
                row={row}
                metric={metric}
                end={endOf(metric, all)}
                ceiling={reviewers?.scores[metric]?.value}
              />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

interface NameProps {
  row: LeaderboardRow;
  isBase: boolean;
  onAgainst: (evaluationUid: string) => void;
}

function RowName({ row, isBase, onAgainst }: NameProps) {
  return (
    <div className={classes.name}>
      <Link to="/evaluations/$evaluationUid" params={{ evaluationUid: row.evaluation }}>
        {row.name}
      </Link>
      <small className="quiet">{sayWork(row)}</small>
      {!row.is_same_set && <small data-standing="worse">Other clips or references</small>}
      <button
        type="button"
        className={classes.choose}
        aria-pressed={isBase}
        onClick={() => onAgainst(isBase ? "" : row.evaluation)}
      >
        {isBase ? "Others are compared with this" : "Compare others with this"}
      </button>
    </div>
  );
}

function sayWork(row: LeaderboardRow): string {
  const failed = row.failed ?? 0;
  const price = Number(row.predicted_for ?? 0);
  const seconds = (row.seconds ?? 0) / row.clips;
  const parts: readonly [isTold: boolean, text: string][] = [
    [true, sayClips(row.clips)],
    [row.unjudged > 0, `${row.unjudged} unjudged`],
    [failed > 0, `${failed} without a text`],
    [price > 0, `cost ${sayMoney(price)}`],
    // What takes less is made by rules, or was brought along.
    [seconds >= 0.1, `${seconds.toFixed(1)} s a clip`],
  ];
  return parts.flatMap(([isTold, text]) => (isTold ? [text] : [])).join(", ");
}
