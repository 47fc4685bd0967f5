import { useSyncExternalStore } from "react";

import type { ClockState, FrameClock } from "@/core/frameClock";

/** One part of a clock's state: most of them stay while frames go by, and nothing is drawn anew. */
export function useClockPart<Key extends keyof ClockState>(
  clock: FrameClock,
  key: Key,
): ClockState[Key] {
  return useSyncExternalStore(clock.subscribe, () => clock.current()[key]);
}
