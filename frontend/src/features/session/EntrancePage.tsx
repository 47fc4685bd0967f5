import type { ReactNode } from "react";

import classes from "./EntrancePage.module.css";
import icon from "@/styles/icon.svg";
import { ColorSchemeButton } from "@/ui/ColorSchemeButton";
import { Page } from "@/ui/Page";

interface Props {
  title: string;
  children: ReactNode;
}

/** The frame of the pages outside the shell. */
export function EntrancePage({ title, children }: Props) {
  return (
    <main className={classes.entrance}>
      <div className={classes.brand}>
        <img src={icon} alt="" />
        <span>Countenance</span>
        <ColorSchemeButton />
      </div>
      <div className={classes.card}>
        <Page title={title} width="narrow">
          {children}
        </Page>
      </div>
    </main>
  );
}
