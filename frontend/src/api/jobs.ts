import { queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/http";
import { pagesQuery } from "@/api/pages";
import type { components } from "@/api/schema";
import type { JobState } from "@/core/jobStates";

export type Job = components["schemas"]["Job"];

const POLL_MS = 2000;

export function isUnderway(job: Pick<Job, "state"> | null): boolean {
  return job !== null && (job.state === "queued" || job.state === "running");
}

/** Asks again only while something runs: a page left open over night stays silent. */
export function pollWhile(isRunning: boolean): number | false {
  return isRunning ? POLL_MS : false;
}

export const jobsQuery = (projectId: number, state: JobState | null) =>
  pagesQuery<Job>(["projects", projectId, "jobs", state], `/api/v1/projects/${projectId}/jobs`, {
    state,
  });

/** One job, asked about until it has ended. */
export const jobQuery = (uid: string) =>
  queryOptions({
    queryKey: ["jobs", uid],
    queryFn: ({ signal }) => get<Job>(`/api/v1/jobs/${uid}`, undefined, signal),
    refetchInterval: ({ state }) => pollWhile(isUnderway(state.data ?? null)),
  });

export const cancelJob = (uid: string) => post<Job>(`/api/v1/jobs/${uid}/cancel`);

export const retryJob = (uid: string) => post<Job>(`/api/v1/jobs/${uid}/retry`);
