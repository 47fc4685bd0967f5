import { useState, useSyncExternalStore } from "react";

import {
  type Consolidation,
  consolidationTextPath,
  extendConsolidation,
} from "@/api/consolidations";
import { useReviewAutosave } from "@/api/reviewAutosave";
import type { FrameTable } from "@/core/frameTable";
import type { Journal } from "@/core/journal";
import type { Pick, ReviewText, Source } from "@/core/picks";
import { type ReviewEditing, useReviewEditing } from "@/ui/review/useReviewEditing";

export interface ConsolidationSession {
  editing: ReviewEditing;
  journal: Journal<ReviewText>;
  isRestored: boolean;
  isReadOnly: boolean;
  leaseUntil: string | null;
  extend: () => void;
}

function sourcesOf({ annotations, drafts }: Consolidation): Source[] {
  return [
    ...annotations.map(({ uid, label, document }) => ({
      kind: "annotation" as const,
      uid,
      label,
      document,
    })),
    ...drafts.map(({ uid, label, document }) => ({ kind: "draft" as const, uid, label, document })),
  ];
}

function picksOf({ picks }: Consolidation): Pick[] {
  return picks.map((pick) => ({
    action: pick.action,
    sentence: pick.sentence,
    sources: pick.sources ?? [],
    text_before: pick.text_before ?? "",
    text_after: pick.text_after ?? "",
    reason: pick.reason ?? "",
  }));
}

/** Everything one open consolidation needs: rows, result, journal, player and lease. */
export function useConsolidation(
  consolidation: Consolidation,
  table: FrameTable,
  isElsewhere: boolean,
): ConsolidationSession {
  const { id, document, revision, status } = consolidation;
  const [leaseUntil, setLeaseUntil] = useState(consolidation.lease_until);
  const editing = useReviewEditing(
    { sources: sourcesOf(consolidation), document, picks: picksOf(consolidation) },
    table,
  );
  const isOpen = status === "held" && !isElsewhere;
  const { journal, isRestored } = useReviewAutosave({
    desk: editing.desk,
    slot: `consolidation-${id}`,
    path: consolidationTextPath(id),
    served: { revision, document },
    hasPicks: true,
    isOpen,
    onLease: setLeaseUntil,
  });
  const { state } = useSyncExternalStore(journal.subscribe, journal.current);
  return {
    editing,
    journal,
    isRestored,
    isReadOnly: !isOpen || state === "read-only",
    leaseUntil,
    extend: () => void extendConsolidation(id).then((lease) => setLeaseUntil(lease.lease_until)),
  };
}
