import { type ReactNode, useId } from "react";

import classes from "@/ui/Card.module.css";

interface Props {
  title: ReactNode;
  /** What stands at the right of the title: buttons, a badge. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page, and a region for screen readers. */
export function Card({ title, aside, children }: Props) {
  const titleId = useId();
  return (
    <section className={classes.card} aria-labelledby={titleId}>
      <header className={classes.header}>
        <h2 id={titleId}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
