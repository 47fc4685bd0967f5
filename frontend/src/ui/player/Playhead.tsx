import { useEffect, useRef } from "react";

import type { FrameClock } from "@/core/frameClock";
import classes from "@/ui/player/Playhead.module.css";

/** The line at the frame on screen; it moves without a render for each frame. */
export function Playhead({ clock }: { clock: FrameClock }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = () => {
      const share = (clock.current().frame + 0.5) / clock.table.frameCount;
      if (line.current !== null) line.current.style.left = `${share * 100}%`;
    };
    move();
    return clock.subscribe(move);
  }, [clock]);
  return <div ref={line} className={classes.playhead} aria-hidden />;
}
