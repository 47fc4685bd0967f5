import { NativeSelect } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import { isUnderway, type Job, jobsQuery, pollWhile } from "@/api/jobs";
import { rowsOf } from "@/api/pages";
import { JOB_STATE_LABELS, JOB_STATES, type JobState } from "@/core/jobStates";
import { JobActions } from "./JobActions";
import { jobKindLabel } from "./jobKinds";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";
import { Loading } from "@/ui/Loading";
import { LoadMore } from "@/ui/LoadMore";
import { Page } from "@/ui/Page";
import { Time } from "@/ui/Time";

const STATE_CHOICES = [
  { value: "", label: "Every state" },
  ...JOB_STATES.map((value) => ({ value, label: JOB_STATE_LABELS[value] })),
];

const COLUMNS: readonly Column<Job>[] = [
  { key: "kind", header: "Work", cell: (job) => jobKindLabel(job.kind) },
  {
    key: "state",
    header: "State",
    cell: (job) => <JobProgress label={jobKindLabel(job.kind)} job={job} />,
  },
  {
    key: "attempts",
    header: "Attempts",
    numeric: true,
    cell: (job) => `${job.attempts} of ${job.max_attempts}`,
  },
  { key: "created", header: "Started", cell: (job) => <Time at={job.created_at} /> },
  { key: "actions", header: "Actions", cell: (job) => <JobActions job={job} /> },
];

export default function JobsPage({ projectId }: { projectId: number }) {
  const [state, setState] = useState<JobState | null>(null);
  const jobs = useInfiniteQuery({
    ...jobsQuery(projectId, state),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => pollWhile(rowsOf(query.state.data).some(isUnderway)),
  });
  return (
    <Page
      title="Jobs"
      description="Work that goes on in the background: imports, exports and preparing clips."
      actions={
        <NativeSelect
          aria-label="Show jobs"
          data={STATE_CHOICES}
          value={state ?? ""}
          onChange={({ currentTarget: { value } }) =>
            setState(JOB_STATES.find((known) => known === value) ?? null)
          }
        />
      }
    >
      <ErrorNotice error={jobs.error} />
      {jobs.isPending && <Loading label="Loading the jobs" />}
      {jobs.data !== undefined && (
        <DataTable
          caption="Jobs of this project, newest first"
          columns={COLUMNS}
          rows={rowsOf(jobs.data)}
          rowKey={(job) => job.uid}
          empty={
            <EmptyState title="There are no jobs here">
              {state === null
                ? "Imports and exports appear here as soon as they start."
                : "No job is in this state."}
            </EmptyState>
          }
        />
      )}
      <LoadMore
        what="jobs"
        hasMore={jobs.hasNextPage}
        isLoading={jobs.isFetchingNextPage}
        onLoad={() => void jobs.fetchNextPage()}
      />
    </Page>
  );
}
