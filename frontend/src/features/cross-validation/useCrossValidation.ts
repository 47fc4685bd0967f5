import { useSyncExternalStore } from "react";

import {
  type CrossValidation,
  crossValidationTextPath,
  extendCrossValidation,
} from "@/api/crossValidations";
import { useReviewAutosave } from "@/api/reviewAutosave";
import type { Source } from "@/core/picks";
import type { ReviewSession } from "@/ui/review/RowsDesk";
import { useReviewEditing } from "@/ui/review/useReviewEditing";
import { useLease } from "@/ui/work/useLease";

import type { DeskProps } from "./CrossValidationPage";

/** What stands in the columns: the annotations of the blind step, else the results. */
export function sourcesOf(review: CrossValidation): Source[] {
  const { first_result: first, blind_document: blind, second } = review;
  if (first === null) {
    return review.annotations.map(({ uid, label, document }) => ({
      kind: "annotation",
      uid,
      label,
      document,
    }));
  }
  const other = second?.document ?? blind;
  const results = other === null ? [first.document] : [first.document, other];
  return results.map((document, index) => ({
    kind: "consolidation",
    uid: `result-${index + 1}`,
    label: `R${index + 1}`,
    document,
  }));
}

/** Everything one open cross-validation needs: rows, result, journal, player and lease. */
export function useCrossValidation(props: DeskProps): ReviewSession {
  const { review, table, isElsewhere, onLetGo } = props;
  const { id, document, revision, status } = review;
  const editing = useReviewEditing({ sources: sourcesOf(review), document }, table);
  const isOpen = status === "held" && !isElsewhere;
  const { onLease, ...lease } = useLease(review, extendCrossValidation, isOpen);
  const { journal, isRestored } = useReviewAutosave({
    desk: editing.desk,
    slot: `cross-validation-${id}`,
    path: crossValidationTextPath(id),
    served: { revision, document },
    hasPicks: false,
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
