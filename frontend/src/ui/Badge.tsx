import type { ReactNode } from "react";

import classes from "@/ui/Badge.module.css";

export type Tone = "neutral" | "accent" | "positive" | "warning" | "negative";

interface Props {
  tone?: Tone;
  children: ReactNode;
}

export function Badge({ tone = "neutral", children }: Props) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {children}
    </span>
  );
}
