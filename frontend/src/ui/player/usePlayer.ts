import { useEffect, useState } from "react";

import type { FrameTable } from "@/core/frameTable";
import { readPreferences, rememberPreferences } from "@/ui/player/preferences";
import { VideoDriver } from "@/ui/player/videoDriver";

function createDriver(table: FrameTable): VideoDriver {
  const driver = new VideoDriver(table);
  const { rate, isLooping } = readPreferences();
  const prefersStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  driver.clock.setRate(rate);
  driver.clock.setLooping(isLooping && !prefersStill);
  return driver;
}

/** The player of one clip; it lives as long as the page that shows the clip. */
export function usePlayer(table: FrameTable): VideoDriver {
  const [driver] = useState(() => createDriver(table));
  const { clock } = driver;
  useEffect(() => clock.subscribe(() => rememberPreferences(clock.current())), [clock]);
  return driver;
}
