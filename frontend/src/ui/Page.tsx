import type { ReactNode } from "react";

import classes from "@/ui/Page.module.css";
import { usePageTitle } from "@/ui/usePageTitle";

interface Props {
  title: string;
  description?: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  width?: "narrow" | "normal" | "wide";
  children: ReactNode;
}

export function Page({ title, description, actions, width = "normal", children }: Props) {
  usePageTitle(title);
  return (
    <div className={classes.page} data-width={width}>
      <header className={classes.header}>
        <div>
          <h1>{title}</h1>
          {description !== undefined && <p className="quiet">{description}</p>}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
