import { useSyncExternalStore } from "react";

import type { FrameClock } from "@/core/frameClock";
import classes from "@/ui/player/Player.module.css";

interface Props {
  clock: FrameClock;
  /** Whether the browser itself tells which frame is on screen. */
  isExact: boolean;
  phaseAt?: (frame: number) => string | null;
}

/** The frame that is really on screen: number, time, phase and speed. */
export function Readout({ clock, isExact, phaseAt }: Props) {
  const { frame, rate } = useSyncExternalStore(clock.subscribe, clock.current);
  const { table } = clock;
  const phase = phaseAt?.(frame) ?? null;
  const parts = [
    `frame ${frame} / ${table.frameCount}`,
    `${table.startOf(frame).toFixed(3)} s`,
    ...(phase === null ? [] : [phase]),
    `${rate}×`,
  ];
  return (
    <p className={`figures ${classes.readout ?? ""}`}>
      {parts.join(" · ")}
      {!isExact && <span className={classes.exact}>exact frames from server</span>}
    </p>
  );
}
