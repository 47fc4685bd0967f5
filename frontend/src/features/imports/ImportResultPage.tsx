import { Button } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";

import { importQuery, retryImport } from "@/api/imports";
import { isUnderway } from "@/api/jobs";
import { ImportErrors } from "./ImportErrors";
import { ImportItems } from "./ImportItems";
import { ITEM_STATUS_LABELS, importTitle } from "./importLabels";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Facts } from "@/ui/Facts";
import { JobProgress } from "@/ui/JobProgress";
import { Page } from "@/ui/Page";
import { Time } from "@/ui/Time";

export default function ImportResultPage({ importUid }: { importUid: string }) {
  const queryClient = useQueryClient();
  const { data } = useSuspenseQuery(importQuery(importUid));
  const isRunning = isUnderway(data.job);
  const retry = useMutation({
    mutationFn: () => retryImport(importUid),
    onSettled: () => queryClient.invalidateQueries(importQuery(importUid)),
  });
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
        <Facts
          facts={[
            { name: ITEM_STATUS_LABELS.imported, value: data.counts.imported },
            { name: ITEM_STATUS_LABELS.duplicate, value: data.counts.duplicate },
            { name: ITEM_STATUS_LABELS.failed, value: data.counts.failed },
            { name: ITEM_STATUS_LABELS.pending, value: data.counts.pending },
          ]}
        />
      </Card>
      <ImportErrors errors={data.errors} />
      <ImportItems importUid={importUid} isRunning={isRunning} />
    </Page>
  );
}
