import type { GroupAgreement } from "@/api/agreement";
import classes from "./agreement.module.css";
import {
  isFew,
  type Measure,
  MEASURE_LABELS,
  numberOf,
  sayClips,
  sayInterval,
  sayNumber,
} from "./measures";

const FORMAT = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});

// More would not tell apart in the width of a card.
const MOST_WEEKS = 26;

interface Props {
  weeks: GroupAgreement["weeks"];
  measure: Measure;
}

/** A dot for each week in which texts were compared, on a bar from low to high. */
export function WeeksPlot({ weeks, measure }: Props) {
  const shown = weeks.slice(-MOST_WEEKS).flatMap(({ week, figures }) => {
    const number = numberOf(figures, measure);
    return number === null ? [] : [{ week, figures, number }];
  });
  if (shown.length === 0) return <p className="quiet">No week has a number yet.</p>;
  return (
    <div className={classes.weeks}>
      <span className={classes.axis} aria-hidden="true">
        <span>1</span>
        <span>0</span>
      </span>
      <ul aria-label={`${MEASURE_LABELS[measure]} by week`}>
        {shown.map(({ week, figures, number }) => (
          <li key={week} data-few={isFew(figures)}>
            <span className={classes.column} aria-hidden="true">
              <span
                className={classes.bar}
                style={{
                  bottom: `${clamp(number.low)}%`,
                  height: `${clamp(number.high) - clamp(number.low)}%`,
                }}
              />
              <span className={classes.mark} style={{ bottom: `${clamp(number.value)}%` }} />
            </span>
            <strong>{sayNumber(number.value)}</strong>
            <small>{FORMAT.format(new Date(week))}</small>
            <small>{sayClips(figures.clips)}</small>
            <span className="visually-hidden">95 % interval {sayInterval(number)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const clamp = (value: number) => Math.min(100, Math.max(0, value * 100));
