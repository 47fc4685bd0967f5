import { useSyncExternalStore } from "react";

import {
  type Consolidation,
  consolidationTextPath,
  extendConsolidation,
} from "@/api/consolidations";
import { useReviewAutosave } from "@/api/reviewAutosave";
import type { FrameTable } from "@/core/frameTable";
import type { Pick, Source } from "@/core/picks";
import type { ReviewSession } from "@/ui/review/RowsDesk";
import { useReviewEditing } from "@/ui/review/useReviewEditing";
import { useLease } from "@/ui/work/useLease";

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
  onLetGo: () => void,
): ReviewSession {
  const { id, document, revision, status } = consolidation;
  const editing = useReviewEditing(
    { sources: sourcesOf(consolidation), document, picks: picksOf(consolidation) },
    table,
  );
  const isOpen = status === "held" && !isElsewhere;
  const { onLease, ...lease } = useLease(consolidation, extendConsolidation, isOpen);
  const { journal, isRestored } = useReviewAutosave({
    desk: editing.desk,
    slot: `consolidation-${id}`,
    path: consolidationTextPath(id),
    served: { revision, document },
    hasPicks: true,
    isOpen,
    isElsewhere,
    onLease,
    onLetGo,
  });
  const { state } = useSyncExternalStore(journal.subscribe, journal.current);
  return {
    editing,
    journal,
    isRestored,
    isReadOnly: !isOpen || state === "read-only",
    ...lease,
  };
}
