import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

import { isUnderway, type Job, jobQuery } from "@/api/jobs";

/** Starts background work and follows it; what it changes is read anew when it has ended. */
export function useStartedJob(start: () => Promise<Job>, changed: readonly (readonly unknown[])[]) {
  const queryClient = useQueryClient();
  const { mutate, data: started, isPending, error } = useMutation({ mutationFn: start });
  const followed = useQuery(
    started === undefined ? { queryKey: ["jobs"], queryFn: skipToken } : jobQuery(started.uid),
  );
  const job = followed.data ?? started ?? null;
  const hasEnded = job !== null && !isUnderway(job);
  const readAnew = useEffectEvent(() => {
    for (const queryKey of changed) void queryClient.invalidateQueries({ queryKey });
  });
  useEffect(() => {
    if (hasEnded) readAnew();
  }, [hasEnded]);
  return { start: () => mutate(), job, isBusy: isPending || isUnderway(job), error };
}
