import type { ReactNode } from "react";

import { WorkFrame } from "@/ui/work/WorkFrame";
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
  return (
    <WorkFrame
      title={title}
      className={classes.layout}
      header={header}
      footer={
        <>
          <div className={classes.status}>{status}</div>
          {footer}
        </>
      }
    >
      <div className={classes.video}>{video}</div>
      <div className={classes.text}>{children}</div>
    </WorkFrame>
  );
}
