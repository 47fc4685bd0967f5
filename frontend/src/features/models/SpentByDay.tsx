import { sayMoney } from "@/core/money";
import classes from "./plots.module.css";
import type { SpentDay } from "./spentDays";
import { Columns } from "@/ui/Columns";

const FORMAT = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});

const sayDay = (day: string) => FORMAT.format(new Date(day));

/** A column for each day, the dearest one as high as the picture. */
export function SpentByDay({ days }: { days: readonly SpentDay[] }) {
  const most = Math.max(...days.map(({ price }) => price));
  const [first, last] = [days[0], days.at(-1)];
  if (most === 0 || first === undefined || last === undefined) {
    return <p className="quiet">Nothing was spent in the last {days.length} days.</p>;
  }
  return (
    <figure className={classes.days}>
      <Columns
        columns={days.map(({ day, price }) => ({
          key: day,
          amount: price,
          title: `${sayDay(day)}: ${sayMoney(price)}`,
        }))}
        ends={[sayDay(first.day), `at most ${sayMoney(most)} a day`, sayDay(last.day)]}
      />
      <ul className="visually-hidden" aria-label="Spent by day">
        {days
          .filter(({ price }) => price > 0)
          .map(({ day, price }) => (
            <li key={day}>
              {sayDay(day)}: {sayMoney(price)}
            </li>
          ))}
      </ul>
    </figure>
  );
}
