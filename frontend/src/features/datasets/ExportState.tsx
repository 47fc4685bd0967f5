import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { type Export, exportsQuery } from "@/api/datasets";
import { cancelJob, retryJob } from "@/api/jobs";
import { FORMATS } from "./exportFormats";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";

interface Props {
  row: Export;
  versionUid: string;
}

/** How far it is, with what can be done about it, and why it is not handed out any more. */
export function ExportState({ row, versionUid }: Props) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (act: (uid: string) => Promise<unknown>) => act(row.job?.uid ?? ""),
    onSettled: () => queryClient.invalidateQueries(exportsQuery(versionUid)),
  });
  const { job, ended_since: ended } = row;
  const name = FORMATS[row.format].label;
  return (
    <Group gap="xs">
      {job !== null && <JobProgress label={`Export as ${name}`} job={job} />}
      {job?.can_cancel === true && (
        <Button size="compact-sm" variant="default" onClick={() => change.mutate(cancelJob)}>
          Cancel<span className="visually-hidden"> the export as {name}</span>
        </Button>
      )}
      {job?.can_retry === true && (
        <Button size="compact-sm" variant="default" onClick={() => change.mutate(retryJob)}>
          Try again<span className="visually-hidden"> the export as {name}</span>
        </Button>
      )}
      {ended > 0 && (
        <span className="quiet">
          The use of {ended} of its clips has ended since. Export the version again.
        </span>
      )}
      <ErrorNotice error={change.error} />
    </Group>
  );
}
