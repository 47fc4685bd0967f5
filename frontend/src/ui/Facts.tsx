import type { ReactNode } from "react";

import classes from "@/ui/Facts.module.css";

export interface Fact {
  name: string;
  /** A fact that is not known is left out. */
  value: ReactNode;
}

export function Facts({ facts }: { facts: readonly Fact[] }) {
  const known = facts.filter(({ value }) => value !== null && value !== "");
  return (
    <dl className={classes.facts}>
      {known.map(({ name, value }) => (
        <FactRow key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function FactRow({ name, value }: Fact) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
