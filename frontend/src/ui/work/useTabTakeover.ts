import { useCallback, useEffect, useState, useSyncExternalStore } from "react";

import { type TabState, TabTakeover } from "@/core/tabTakeover";

interface Tabs {
  state: TabState;
  takeOver: () => Promise<void>;
  letGo: () => void;
}

/** Keeps one piece of work open for writing in one tab while the page is open. */
export function useTabTakeover(slot: string): Tabs {
  const [tabs] = useState(() => new TabTakeover(() => new BroadcastChannel(`countenance-${slot}`)));
  const state = useSyncExternalStore(tabs.subscribe, tabs.current);
  useEffect(() => {
    tabs.open();
    return () => tabs.close();
  }, [tabs]);
  const letGo = useCallback(() => tabs.letGo(), [tabs]);
  return { state, takeOver: () => tabs.takeOver(), letGo };
}
