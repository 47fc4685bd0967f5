import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { draftAgain, type DraftChoice, draftQueueQuery, estimateDrafts } from "@/api/drafts";
import { modelVersionsQuery } from "@/api/modelVersions";
import { useStartedJob } from "@/api/useStartedJob";
import { DraftChoiceFields } from "./DraftChoiceFields";
import { EstimateFacts } from "./EstimateFacts";
import classes from "./models.module.css";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";

/** Asks one model for the drafts of many clips, after saying what that costs. */
export function DraftMany({ projectId }: { projectId: number }) {
  const versions = useQuery(modelVersionsQuery(projectId));
  const [chosen, setChosen] = useState<Partial<DraftChoice>>({});
  const choice = { ...chosen, version: chosen.version ?? versions.data?.[0]?.uid ?? "" };
  const estimate = useMutation({ mutationFn: () => estimateDrafts(projectId, choice) });
  const asking = useStartedJob(
    () => draftAgain(projectId, choice),
    [draftQueueQuery(projectId).queryKey],
  );
  return (
    <Card title="Draft many clips">
      <p className="quiet">
        What is missing, failed or stale is asked for; drafts that are there stay as they are.
      </p>
      <form
        aria-label="Draft many clips"
        className={classes.fields}
        onSubmit={(event) => {
          event.preventDefault();
          estimate.mutate();
        }}
      >
        <DraftChoiceFields
          projectId={projectId}
          versions={versions.data ?? []}
          choice={choice}
          onChange={(next) => {
            setChosen(next);
            // It was of another choice.
            estimate.reset();
          }}
        />
        <Button
          type="submit"
          variant="default"
          loading={estimate.isPending}
          disabled={choice.version === ""}
        >
          Estimate the cost
        </Button>
      </form>
      <ErrorNotice error={versions.error ?? estimate.error ?? asking.error} />
      {estimate.data !== undefined && (
        <EstimateFacts
          estimate={estimate.data}
          isBusy={asking.isBusy}
          onStart={() => {
            asking.start();
            estimate.reset();
          }}
        />
      )}
      {asking.job !== null && <JobProgress label="Asking for drafts" job={asking.job} />}
    </Card>
  );
}
