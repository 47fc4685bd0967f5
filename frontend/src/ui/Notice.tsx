import type { ReactNode } from "react";

import classes from "@/ui/Notice.module.css";

interface Props {
  tone: "accent" | "positive" | "warning" | "negative";
  title?: string;
  action?: ReactNode;
  children?: ReactNode;
}

/** A message inside a page. A negative one interrupts a screen reader, the others wait. */
export function Notice({ tone, title, action, children }: Props) {
  return (
    <div
      className={classes.notice}
      data-tone={tone}
      role={tone === "negative" ? "alert" : "status"}
    >
      <div className={classes.text}>
        {title !== undefined && <strong>{title}</strong>}
        {children}
      </div>
      {action}
    </div>
  );
}
