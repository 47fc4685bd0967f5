import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { type Consolidation, finishConsolidation, type Verdict } from "@/api/consolidations";
import { FormDialog } from "@/ui/FormDialog";
import { Notice } from "@/ui/Notice";
import type { ReviewSession } from "@/ui/review/RowsDesk";

import { useLeave } from "./ConsolidationDialogs";
import { VerdictField } from "./VerdictField";

interface Props {
  consolidation: Consolidation;
  session: ReviewSession;
  onClose: () => void;
}

/** The last step: how good each annotation was, then the clip goes on. */
export function FinishDialog({ consolidation, session, onClose }: Props) {
  const { annotations, id } = consolidation;
  const { journal, editing } = session;
  const [verdicts, setVerdicts] = useState<Readonly<Record<string, Verdict>>>({});
  const leave = useLeave(consolidation.project_id);
  const { open } = editing.view;
  const conflicts = open.filter(({ state }) => state === "conflict").length;
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      editing.desk.settleTyping();
      if (!(await journal.flush())) {
        throw new Error("The result is not saved yet. Wait for the connection and try again.");
      }
      return finishConsolidation(id, journal.currentRevision, verdicts);
    },
    onSuccess: ({ next }) => leave(next),
  });
  return (
    <FormDialog
      title="Finish the consolidation"
      isOpen
      onClose={onClose}
      verb="Finish and next"
      onSubmit={() => mutate()}
      isBusy={isPending}
      error={error}
      size="xl"
      isIncomplete={conflicts > 0 || annotations.some(({ uid }) => verdicts[uid] === undefined)}
    >
      {conflicts > 0 && (
        <Notice tone="warning" title={`Decide the conflicts first: ${conflicts} still open.`}>
          F8 goes from one open row to the next.
        </Notice>
      )}
      {conflicts === 0 && open.length > 0 && (
        <Notice tone="accent" title={`Rows still open: ${open.length}.`}>
          They are left out of the result.
        </Notice>
      )}
      <p>
        How good was each annotation? Its annotator sees your verdict. The keys 1 to 4 answer, one
        annotation after the other.
      </p>
      {annotations.map(({ uid, label }, index) => (
        <VerdictField
          key={uid}
          label={label}
          isFirst={index === 0}
          value={verdicts[uid] ?? null}
          onChange={(verdict) => setVerdicts({ ...verdicts, [uid]: verdict })}
        />
      ))}
    </FormDialog>
  );
}
