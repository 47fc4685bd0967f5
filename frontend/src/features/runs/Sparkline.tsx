import { sayFigure, scaleOf } from "./curves";
import classes from "./runs.module.css";

const WIDTH = 96;
const HEIGHT = 24;
const MARGIN = 2;

/** The losses of a run as small as a word; the last one stands beside it. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const last = values.at(-1);
  if (last === undefined) return <span className="quiet">None yet</span>;
  const { place } = scaleOf(values, false);
  const across = WIDTH / Math.max(1, values.length - 1);
  const points = values.map(
    (value, index) => `${index * across},${MARGIN + (1 - place(value)) * (HEIGHT - 2 * MARGIN)}`,
  );
  return (
    <span className={classes.spark}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <polyline points={points.join(" ")} />
      </svg>
      <span className="figures">{sayFigure(last)}</span>
    </span>
  );
}
