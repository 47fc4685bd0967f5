import { type ReactNode, useEffect } from "react";

import classes from "@/ui/work/WorkLayout.module.css";

interface Props {
  /** The title of the browser's tab. */
  title: string;
  header: ReactNode;
  /** Stays in sight while the text scrolls. */
  video: ReactNode;
  /** Whether the text is safe and how long it is kept; always in sight. */
  status: ReactNode;
  footer: ReactNode;
  children: ReactNode;
}

/** The frame of the pages on which a clip is worked on: two columns, or the video on top. */
export function WorkLayout({ title, header, video, status, footer, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Countenance`;
  }, [title]);
  return (
    <div className={classes.layout}>
      <div className={classes.header}>{header}</div>
      <div className={classes.video}>{video}</div>
      <div className={classes.text}>{children}</div>
      <div className={classes.footer}>
        <div className={classes.status}>{status}</div>
        {footer}
      </div>
    </div>
  );
}
