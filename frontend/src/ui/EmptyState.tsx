import type { ReactNode } from "react";

import classes from "@/ui/EmptyState.module.css";

interface Props {
  title: string;
  /** Why it is empty and what to do about it. */
  children: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ title, children, action }: Props) {
  return (
    <div className={classes.empty}>
      <p className={classes.title}>{title}</p>
      <div className="quiet">{children}</div>
      {action}
    </div>
  );
}
