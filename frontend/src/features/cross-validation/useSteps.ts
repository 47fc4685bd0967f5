import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import type { Finished } from "@/api/consolidations";
import {
  type CrossValidation,
  crossValidationQuery,
  endStep,
  rejectCrossValidated,
  sayWhy,
} from "@/api/crossValidations";
import { workPath } from "@/core/paths";
import type { ReviewSession } from "@/ui/review/RowsDesk";

type LastStep =
  | { kind: "agree" | "settle" }
  | { kind: "dispute" | "send-back"; reason: string }
  | { kind: "reject"; why: { reason: string; note: string } };

export type Step = { kind: "reveal" } | LastStep;

interface Steps {
  take: (step: Step) => void;
  isBusy: boolean;
  error: Error | null;
}

async function send(step: LastStep, id: number, revision: number): Promise<Finished> {
  switch (step.kind) {
    case "agree":
    case "settle":
      return endStep(id, step.kind, revision);
    case "dispute":
    case "send-back":
      return sayWhy(id, step.kind, step.reason);
    case "reject":
      return rejectCrossValidated(id, step.why);
  }
}

/** Saves what is unsent, takes the step, and goes on to the next review or the queue. */
export function useSteps(
  review: CrossValidation,
  { editing, journal }: ReviewSession,
  beforeStep?: () => Promise<unknown>,
): Steps {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { id, project_id: projectId } = review;
  const leave = async ({ next }: Finished) => {
    await queryClient.invalidateQueries({ queryKey: ["projects", projectId] });
    await navigate({ to: next === null ? `/projects/${projectId}/queue` : workPath(next) });
  };
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (step: Step) => {
      editing.desk.settleTyping();
      if (!(await journal.flush())) {
        throw new Error("The result is not saved yet. Wait for the connection and try again.");
      }
      await beforeStep?.();
      if (step.kind === "reveal") {
        const opened = await endStep<CrossValidation>(id, "reveal", journal.currentRevision);
        queryClient.setQueryData(crossValidationQuery(id).queryKey, opened);
        return;
      }
      await leave(await send(step, id, journal.currentRevision));
    },
  });
  return { take: mutate, isBusy: isPending, error };
}
