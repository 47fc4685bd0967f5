import { useState, useSyncExternalStore } from "react";

import type { CaptionDocument } from "@/core/captionDocument";
import type { FrameTable } from "@/core/frameTable";
import type { Pick, Source } from "@/core/picks";
import { type DeskView, ReviewDesk } from "@/core/reviewDesk";
import type { WorkingView } from "@/core/workingDocument";
import { EditorRegistry } from "@/ui/editor/EditorRegistry";
import { SentenceActions } from "@/ui/editor/sentenceActions";
import { usePlayer } from "@/ui/player/usePlayer";
import type { VideoDriver } from "@/ui/player/videoDriver";

export interface ReviewEditing {
  desk: ReviewDesk;
  view: DeskView;
  /** The result as it is written. */
  written: WorkingView;
  registry: EditorRegistry;
  actions: SentenceActions;
  driver: VideoDriver;
}

interface Begun {
  sources: readonly Source[];
  document: CaptionDocument;
  picks?: readonly Pick[];
}

/** What a reviewer works with: the rows, the result and the video of one review. */
export function useReviewEditing(begun: Begun, table: FrameTable): ReviewEditing {
  const [editing] = useState(() => {
    const desk = new ReviewDesk(begun);
    const registry = new EditorRegistry();
    return {
      desk,
      registry,
      actions: new SentenceActions(desk.working, registry, table.frameCount),
    };
  });
  const { desk } = editing;
  const driver = usePlayer(table);
  const view = useSyncExternalStore(desk.subscribe, desk.current);
  const written = useSyncExternalStore(desk.working.subscribe, desk.working.current);
  return { ...editing, view, written, driver };
}
