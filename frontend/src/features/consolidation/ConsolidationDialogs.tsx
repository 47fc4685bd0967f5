import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { UNUSABLE_REASONS } from "@/api/assignments";
import { type Consolidation, type Finished, rejectConsolidated } from "@/api/consolidations";
import { workPath } from "@/core/paths";
import type { ReviewRow } from "@/core/rowDecisions";
import { ReasonDialog } from "@/ui/review/ReasonDialog";
import { RejectDialog } from "@/ui/review/RejectDialog";
import type { ReviewSession } from "@/ui/review/RowsDesk";

import { FinishDialog } from "./FinishDialog";
import { ReturnDialog } from "./ReturnDialog";

export type OpenDialog =
  { kind: "finish" | "return" | "reject" } | { kind: "drop"; row: ReviewRow };

interface Props {
  dialog: OpenDialog | null;
  consolidation: Consolidation;
  session: ReviewSession;
  onClose: () => void;
}

/** Goes on to the next piece of work, or to the queue. */
export function useLeave(projectId: number): (next: Finished["next"]) => Promise<void> {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return async (next) => {
    await queryClient.invalidateQueries({ queryKey: ["projects", projectId] });
    await navigate({ to: next === null ? `/projects/${projectId}/queue` : workPath(next) });
  };
}

/** The one dialog that is open, made anew each time so that it begins empty. */
export function ConsolidationDialogs(props: Props) {
  const { dialog, session, onClose } = props;
  switch (dialog?.kind) {
    case "finish":
      return <FinishDialog {...props} />;
    case "return":
      return <ReturnDialog {...props} />;
    case "reject":
      return <Reject {...props} />;
    case "drop":
      return (
        <ReasonDialog
          title="Leave out what several annotators saw"
          label="Why is it left out?"
          verb="Leave it out"
          isBusy={false}
          error={null}
          onSubmit={(reason) => {
            session.editing.desk.drop(dialog.row, reason);
            onClose();
          }}
          onClose={onClose}
        />
      );
    case undefined:
      return null;
  }
}

function Reject({ consolidation, onClose }: Props) {
  const leave = useLeave(consolidation.project_id);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (why: { reason: string; note: string }) =>
      rejectConsolidated(consolidation.id, why),
    onSuccess: ({ next }) => leave(next),
  });
  return (
    <RejectDialog
      reasons={UNUSABLE_REASONS}
      isBusy={isPending}
      error={error}
      onSubmit={mutate}
      onClose={onClose}
    />
  );
}
