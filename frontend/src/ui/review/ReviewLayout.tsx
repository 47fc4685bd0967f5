import type { ReactNode } from "react";

import classes from "@/ui/review/ReviewLayout.module.css";
import { WorkFrame } from "@/ui/work/WorkFrame";

interface Props {
  /** The title of the browser's tab. */
  title: string;
  header: ReactNode;
  notices: ReactNode;
  video: ReactNode;
  /** What the review makes; beside the video. */
  result: ReactNode;
  tools: ReactNode;
  footer: ReactNode;
  /** The rows below both. */
  children: ReactNode;
}

/** The frame of a reviewer's page: the video and the result on top, the rows below. */
export function ReviewLayout(props: Props) {
  const { title, header, notices, video, result, tools, footer, children } = props;
  return (
    <WorkFrame title={title} className={classes.layout} header={header} footer={footer}>
      <div className={classes.notices}>{notices}</div>
      <div className={classes.top}>
        <div className={classes.video}>{video}</div>
        <section className={classes.result} aria-label="Result">
          {result}
        </section>
      </div>
      <div className={classes.rows}>
        <div className={classes.tools}>{tools}</div>
        {children}
      </div>
    </WorkFrame>
  );
}
