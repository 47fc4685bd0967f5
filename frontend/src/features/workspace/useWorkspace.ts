import { useCallback, useEffect, useState, useSyncExternalStore } from "react";

import { extendLease, readTheirCaption } from "@/api/assignments";
import type { Assignment } from "@/api/types";
import { useAutosave } from "@/api/autosave";
import type { CaptionDocument } from "@/core/captionDocument";
import type { FrameTable } from "@/core/frameTable";
import type { Journal } from "@/core/journal";
import { isSameCaption } from "@/core/sameCaption";
import { WorkingDocument, type WorkingView } from "@/core/workingDocument";
import { EditorRegistry } from "@/ui/editor/EditorRegistry";
import { SentenceActions } from "@/ui/editor/sentenceActions";
import { usePlayer } from "@/ui/player/usePlayer";
import type { VideoDriver } from "@/ui/player/videoDriver";
import { onActivity } from "@/ui/work/onActivity";

export interface WorkspaceSession {
  working: WorkingDocument;
  view: WorkingView;
  registry: EditorRegistry;
  actions: SentenceActions;
  driver: VideoDriver;
  journal: Journal<CaptionDocument>;
  /** False until unsent text of this device was looked for. */
  isRestored: boolean;
  isReadOnly: boolean;
  leaseUntil: string | null;
  extend: () => void;
}

function createEditing(document: CaptionDocument, frameCount: number) {
  const working = new WorkingDocument(document);
  const registry = new EditorRegistry();
  return { working, registry, actions: new SentenceActions(working, registry, frameCount) };
}

/** Everything one open assignment needs: the text, its journal, the player and the lease. */
export function useWorkspace(
  assignment: Assignment,
  table: FrameTable,
  isElsewhere: boolean,
  onLetGo: () => void,
): WorkspaceSession {
  const isSubmitted = assignment.status === "submitted";
  const isOpen = assignment.status === "held" || assignment.status === "returned";
  // Read once: a later reading of the assignment (for its drafts) must not touch the text.
  const [served] = useState(assignment.document);
  const [editing] = useState(() => createEditing(served, table.frameCount));
  const { working } = editing;
  const [leaseUntil, setLeaseUntil] = useState(assignment.lease_until);
  const [isRestored, setIsRestored] = useState(false);
  const driver = usePlayer(table);
  const journal = useAutosave<CaptionDocument>({
    // By clip: one that is asked back may come on another place, and is the same text.
    slot: `annotation-of-clip-${assignment.clip.id}`,
    path: `/api/v1/assignments/${assignment.id}/working-text`,
    served: { revision: assignment.revision, doc: served },
    toBody: (document) => ({ document }),
    readTheirs: readTheirCaption,
    isSame: isSameCaption,
    onLease: setLeaseUntil,
  });
  const view = useSyncExternalStore(working.subscribe, working.current);
  const { state } = useSyncExternalStore(journal.subscribe, journal.current);

  useEffect(() => {
    let isStale = false;
    // What was written before a lease was lost is shown all the same.
    const restored = isSubmitted ? Promise.resolve(served) : journal.restore();
    void restored.then((document) => {
      if (isStale) return;
      if (document !== served) working.replace(document);
      setIsRestored(true);
    });
    return () => {
      isStale = true;
    };
  }, [served, isSubmitted, journal, working]);

  useEffect(
    () =>
      working.subscribe(() => {
        const { document } = working.current();
        if (document !== journal.currentDoc) journal.edit(document);
      }),
    [journal, working],
  );

  useEffect(() => {
    if (!isElsewhere && isOpen) return;
    // What is unsent goes out first; the other tab reads it from the server.
    void journal.flush().then(() => {
      journal.stop();
      if (isElsewhere) onLetGo();
    });
  }, [isElsewhere, isOpen, journal, onLetGo]);

  const extend = useCallback(() => {
    const extended = extendLease(assignment.id).then((lease) => setLeaseUntil(lease.lease_until));
    // A lease that is lost is told by the next save, with everything that follows from it.
    extended.catch(() => undefined);
  }, [assignment.id]);
  const isReadOnly = !isOpen || isElsewhere || state === "read-only";
  useEffect(() => (isReadOnly ? undefined : onActivity(extend)), [extend, isReadOnly]);

  return {
    ...editing,
    view,
    driver,
    journal,
    isRestored,
    isReadOnly,
    leaseUntil,
    extend,
  };
}
