import type { ReactNode } from "react";

import classes from "./Columns.module.css";

interface Props {
  columns: readonly { key: string | number; amount: number; title: string }[];
  /** What stands below: at the left, in the middle and at the right. */
  ends: readonly [ReactNode, ReactNode, ReactNode];
}

/** Amounts side by side, the greatest as high as the picture. */
export function Columns({ columns, ends: [left, middle, right] }: Props) {
  const most = Math.max(...columns.map(({ amount }) => amount));
  return (
    <>
      <div className={classes.columns} aria-hidden="true">
        {columns.map(({ key, amount, title }) => (
          <span key={key} title={title}>
            <span style={{ height: `${(amount / (most || 1)) * 100}%` }} />
          </span>
        ))}
      </div>
      <p className={classes.ends}>
        <span>{left}</span>
        <span>{middle}</span>
        <span>{right}</span>
      </p>
    </>
  );
}
