import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect, useRef } from "react";

import { logQuery } from "@/api/runs";
import classes from "./runs.module.css";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";

// A line or two: whoever reads at the end means to stay there.
const NEAR_END_PX = 40;

interface Props {
  runUid: string;
  isRunning: boolean;
}

/** The end of the log. It follows what is written while it is scrolled to its end. */
export function RunLog({ runUid, isRunning }: Props) {
  const { data: text, error } = useQuery(logQuery(runUid, isRunning));
  const box = useRef<HTMLPreElement>(null);
  const isFollowing = useRef(true);
  useLayoutEffect(() => {
    if (box.current !== null && isFollowing.current)
      box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  return (
    <Card title="Log">
      <ErrorNotice error={error} />
      {text === undefined || text === "" ? (
        <p className="quiet">Nothing was written yet.</p>
      ) : (
        <pre
          ref={box}
          className={classes.log}
          tabIndex={0}
          aria-label="End of the log"
          onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
            isFollowing.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
          }}
        >
          {text}
        </pre>
      )}
    </Card>
  );
}
