import { Button } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";

import { importQuery, ITEM_STATUSES, retryImport } from "@/api/imports";
import { isUnderway } from "@/api/jobs";
import { ImportErrors } from "./ImportErrors";
import { ImportItems } from "./ImportItems";
import { ITEM_STATUS_LABELS, importTitle } from "./importLabels";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Facts } from "@/ui/Facts";
import { JobProgress } from "@/ui/JobProgress";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { Time } from "@/ui/Time";
import { useProjectOfPage } from "@/ui/useProjectOfPage";

export default function ImportResultPage({ importUid }: { importUid: string }) {
  const queryClient = useQueryClient();
  const { data } = useSuspenseQuery(importQuery(importUid));
  useProjectOfPage(data.project_id);
  const isRunning = isUnderway(data.job);
  const retry = useMutation({
    mutationFn: () => retryImport(importUid),
    onSettled: () => queryClient.invalidateQueries(importQuery(importUid)),
  });
  const isFaultless = data.dry_run && data.job?.state === "done" && data.errors.length === 0;
  const title = importTitle(data);
  return (
    <Page
      title={title}
      description={<Time at={data.created_at} />}
      actions={
        data.counts.failed > 0 &&
        !isRunning && (
          <Button loading={retry.isPending} onClick={() => retry.mutate()}>
            Try the failed ones again
          </Button>
        )
      }
    >
      <ErrorNotice error={retry.error} />
      <Card title="Result">
        {data.job !== null && <JobProgress label={title} job={data.job} />}
        {!data.dry_run && (
          <Facts
            facts={ITEM_STATUSES.map((status) => ({
              name: ITEM_STATUS_LABELS[status],
              value: data.counts[status],
            }))}
          />
        )}
        {isFaultless && (
          <Notice tone="positive">
            The file has no errors. To import it, send it again and do not tick “Only check the
            file”.
          </Notice>
        )}
      </Card>
      <ImportErrors errors={data.errors} />
      {!data.dry_run && <ImportItems importUid={importUid} isRunning={isRunning} />}
    </Page>
  );
}
