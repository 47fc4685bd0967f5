import { useEffect, useEffectEvent } from "react";

import type { CaptionDocument } from "@/core/captionDocument";
import type { Journal } from "@/core/journal";

/** Tells once that a text was saved, where somebody waits for it. */
export function useFirstSave(
  journal: Journal<CaptionDocument>,
  isAwaited: boolean,
  onFirstSave: () => void,
): void {
  const tell = useEffectEvent(onFirstSave);
  useEffect(() => {
    if (!isAwaited) return undefined;
    const revision = journal.currentRevision;
    const stop = journal.subscribe(() => {
      if (journal.currentRevision === revision) return;
      stop();
      tell();
    });
    return stop;
  }, [journal, isAwaited]);
}
