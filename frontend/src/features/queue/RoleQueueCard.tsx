import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { claimWork, queueQuery } from "@/api/queue";
import type { RoleQueue, WorkRole } from "@/api/types";
import { workPath } from "@/core/paths";
import { HeldWork } from "./HeldWork";
import { QueueReasonsList } from "./QueueReasonsList";
import { Card } from "@/ui/Card";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";

const TITLES: Readonly<Record<WorkRole, string>> = {
  annotator: "Annotate",
  reviewer: "Consolidate",
  cross_validator: "Cross-validate",
};

interface Props {
  projectId: number;
  role: WorkRole;
  queue: RoleQueue;
}

export function RoleQueueCard({ projectId, role, queue }: Props) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => claimWork(projectId, role),
    onSuccess: async ({ claim }) => {
      await queryClient.invalidateQueries(queueQuery(projectId));
      if (claim !== null) await navigate({ to: workPath(claim) });
    },
  });
  const clips = queue.available === 1 ? "1 clip waits" : `${queue.available} clips wait`;
  const isEmpty = queue.available === 0 && queue.mine.length === 0;
  return (
    <Card
      title={TITLES[role]}
      aside={
        <Button disabled={queue.available === 0} loading={isPending} onClick={() => mutate()}>
          Take the next clip
        </Button>
      }
    >
      <ErrorNotice error={error} />
      <p className="quiet">
        {queue.available === 0 ? "No clip waits for you." : `${clips} for you.`}
      </p>
      <HeldWork claims={queue.mine} />
      {isEmpty && (
        <EmptyState title="Nothing to do right now">
          <QueueReasonsList reasons={queue.reasons} />
        </EmptyState>
      )}
    </Card>
  );
}
