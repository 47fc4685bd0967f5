import { useEffect, useState } from "react";

import { useAutosave } from "@/api/autosave";
import type { ProblemBody } from "@/api/problem";
import type { CaptionDocument } from "@/core/captionDocument";
import type { Journal } from "@/core/journal";
import type { ReviewText } from "@/core/picks";
import type { ReviewDesk } from "@/core/reviewDesk";
import { isSameCaption } from "@/core/sameCaption";

interface Options {
  desk: ReviewDesk;
  slot: string;
  path: string;
  served: { revision: number; document: CaptionDocument };
  /** Only a consolidation records its picks. */
  hasPicks: boolean;
  /** False once the review ended or another tab writes on it. */
  isOpen: boolean;
  /** Another tab writes on this review. */
  isElsewhere: boolean;
  onLease: (leaseUntil: string) => void;
  /** Another tab took over, and nothing of this one is unsent. */
  onLetGo: () => void;
}

interface Autosave {
  journal: Journal<ReviewText>;
  /** False until unsent text of this device was looked for. */
  isRestored: boolean;
}

function readTheirs({ document }: ProblemBody): ReviewText {
  return { document: document as CaptionDocument, picks: [] };
}

/** Saves the result of a review with the choices that led to it. */
export function useReviewAutosave(options: Options): Autosave {
  const { desk, hasPicks, isOpen, isElsewhere, onLetGo } = options;
  const [isRestored, setIsRestored] = useState(false);
  const journal = useAutosave<ReviewText>({
    slot: options.slot,
    path: options.path,
    served: { revision: options.served.revision, doc: desk.text },
    toBody: ({ document, picks }) =>
      hasPicks ? { document, picks: desk.toSend(picks) } : { document },
    readTheirs,
    isSame: (one, other) => isSameCaption(one.document, other.document),
    onLease: options.onLease,
    onStored: ({ picks }) => desk.stored(picks),
  });
  useEffect(() => {
    let isStale = false;
    const { text } = desk;
    const restored = isOpen ? journal.restore() : Promise.resolve(text);
    void restored.then((found) => {
      if (isStale) return;
      if (found.document !== text.document) desk.replace(found);
      setIsRestored(true);
    });
    return () => {
      isStale = true;
    };
    // Read once: closing later must not bring the old text back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [desk, journal]);
  useEffect(
    () =>
      desk.subscribe(() => {
        const { text } = desk;
        const { document, picks } = journal.currentDoc;
        const isPicked = desk.toSend(picks).length !== text.picks.length;
        if (document !== text.document || isPicked) journal.edit(text);
      }),
    [desk, journal],
  );
  useEffect(() => {
    if (isOpen) return;
    // What is unsent goes out first; the other tab reads it from the server.
    void journal.flush().then(() => {
      journal.stop();
      if (isElsewhere) onLetGo();
    });
  }, [isOpen, isElsewhere, journal, onLetGo]);
  return { journal, isRestored };
}
