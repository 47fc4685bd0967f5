import type { Stratum } from "@/api/datasets";
import classes from "./datasets.module.css";
import { SplitBar } from "./SplitBar";

interface Props {
  title: string;
  strata: readonly Stratum[];
}

/** How each source, or each emotion, is spread over the splits. */
export function StrataBars({ title, strata }: Props) {
  const sizes = strata.map(({ train, validation, test }) => train + validation + test);
  const most = Math.max(...sizes, 1);
  return (
    <section className={classes.strata} aria-label={title}>
      <h4>{title}</h4>
      <ul>
        {strata.map((stratum, index) => (
          <li key={stratum.name}>
            <span>{stratum.name || "Not told"}</span>
            <span style={{ width: `${((sizes[index] ?? 0) / most) * 100}%` }}>
              <SplitBar counts={stratum} />
            </span>
            <span className="figures" title="Train, validation, test">
              {stratum.train}, {stratum.validation}, {stratum.test}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
