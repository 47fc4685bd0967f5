import { Button } from "@mantine/core";

import { registerResult, type RunDetail, runQuery } from "@/api/runs";
import { useStartedJob } from "@/api/useStartedJob";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";

/** What a run had saved when it ended before its time, on its way to a model version. */
export function RegisterResult({ run, step }: { run: RunDetail; step: number }) {
  const { start, job, isBusy, error } = useStartedJob(
    () => registerResult(run.uid),
    [runQuery(run.uid).queryKey],
  );
  return (
    <>
      <ErrorNotice error={error} />
      {job !== null && <JobProgress label="Registering" job={job} />}
      <Button
        variant="default"
        loading={isBusy}
        title={`A model version of what it had learned by step ${step} of ${run.steps}.`}
        onClick={start}
      >
        Register this result
      </Button>
    </>
  );
}
