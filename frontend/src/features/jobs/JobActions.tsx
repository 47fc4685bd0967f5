import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { cancelJob, type Job, retryJob } from "@/api/jobs";
import { ErrorNotice } from "@/ui/ErrorNotice";

/** Cancel while it runs, try again once it has failed. */
export function JobActions({ job }: { job: Job }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (act: (uid: string) => Promise<unknown>) => act(job.uid),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["projects"] }),
  });
  return (
    <Group gap="xs">
      {job.can_cancel && (
        <Button
          size="xs"
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate(cancelJob)}
        >
          Cancel
        </Button>
      )}
      {job.can_retry && (
        <Button
          size="xs"
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate(retryJob)}
        >
          Try again
        </Button>
      )}
      <ErrorNotice error={change.error} />
    </Group>
  );
}
