import type { ReactNode } from "react";

import { usePageTitle } from "@/ui/usePageTitle";
import classes from "@/ui/work/WorkFrame.module.css";

interface Props {
  /** The title of the browser's tab. */
  title: string;
  /** Gives the columns and how wide they get together. */
  className: string | undefined;
  header: ReactNode;
  footer: ReactNode;
  children: ReactNode;
}

/** What all pages for work on a clip have: a line above, columns, and a line that stays below. */
export function WorkFrame({ title, className, header, footer, children }: Props) {
  usePageTitle(title);
  return (
    <div className={`${classes.frame ?? ""} ${className ?? ""}`}>
      <div className={classes.header}>{header}</div>
      {children}
      <div className={classes.footer}>{footer}</div>
    </div>
  );
}
