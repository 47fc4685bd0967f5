import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { cancelJob, type Job, retryJob } from "@/api/jobs";
import { ErrorNotice } from "@/ui/ErrorNotice";

/** Stops an evaluation, or goes on with one that stopped: texts that are there are not made again. */
export function EndOrRepeat({ job }: { job: Job }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (act: (uid: string) => Promise<unknown>) => act(job.uid),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["projects"] }),
  });
  const act = job.can_cancel ? cancelJob : retryJob;
  return (
    <>
      {(job.can_cancel || job.can_retry) && (
        <Button
          size="xs"
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate(act)}
        >
          {job.can_cancel ? "Stop" : "Go on"}
        </Button>
      )}
      <ErrorNotice error={change.error} />
    </>
  );
}
