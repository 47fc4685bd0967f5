import classes from "./plots.module.css";

interface Props {
  label: string;
  counts: Readonly<Record<string, number>>;
  /** The name of what is counted. */
  sayName: (key: string) => string;
  empty: string;
}

/** How often each thing happened, the most frequent first. */
export function CountBars({ label, counts, sayName, empty }: Props) {
  const rows = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const most = rows[0]?.[1] ?? 0;
  if (rows.length === 0) return <p className="quiet">{empty}</p>;
  return (
    <ul className={classes.bars} aria-label={label}>
      {rows.map(([key, count]) => (
        <li key={key}>
          <span>{sayName(key)}</span>
          <span className={classes.count}>
            <span
              className={classes.bar}
              style={{ width: `${(count / most) * 100}%` }}
              aria-hidden="true"
            />
            <span className="figures">{count}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
