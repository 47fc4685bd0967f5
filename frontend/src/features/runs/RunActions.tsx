import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { resumeRun, type RunDetail, runQuery, stopRun } from "@/api/runs";
import { RegisterResult } from "./RegisterResult";
import { ConfirmButton } from "@/ui/ConfirmButton";
import { ErrorNotice } from "@/ui/ErrorNotice";

/** What can be done with a run now. */
export function RunActions({ run }: { run: RunDetail }) {
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (change: (uid: string) => Promise<RunDetail>) => change(run.uid),
    onSuccess: (changed) => queryClient.setQueryData(runQuery(run.uid).queryKey, changed),
  });
  return (
    <Group gap="sm">
      <ErrorNotice error={error} />
      {run.can_stop && (
        <ConfirmButton
          question="Stop this run?"
          consequence="It saves a checkpoint first, and can be resumed from there."
          verb="Stop"
          loading={isPending}
          onConfirm={() => mutate(stopRun)}
        >
          Stop…
        </ConfirmButton>
      )}
      {run.can_resume && (
        <Button loading={isPending} onClick={() => mutate(resumeRun)}>
          Resume
        </Button>
      )}
      {run.step_to_register !== null && <RegisterResult run={run} step={run.step_to_register} />}
      <Button
        variant="default"
        renderRoot={(props) => (
          <Link
            to="/projects/$projectId/runs/new"
            params={{ projectId: run.project_id }}
            search={{ from: run.uid }}
            {...props}
          />
        )}
      >
        Clone
      </Button>
    </Group>
  );
}
