import { queryOptions } from "@tanstack/react-query";

import { get, post, send } from "@/api/http";
import { type Job, pollWhile } from "@/api/jobs";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

/** A model version, and the clips by stage, source and emotion; all where none is named. */
export type DraftChoice = Schemas["RedraftBody"];
export type Estimate = Schemas["Estimate"];
export type QueuedVersion = Schemas["QueuedVersion"];
export type Spending = Schemas["Spending"];

const path = (projectId: number, part: string) => `/api/v1/projects/${projectId}/${part}`;

export const estimateDrafts = (projectId: number, choice: DraftChoice) =>
  post<Estimate>(path(projectId, "redraft/estimate"), choice);

export const draftAgain = async (projectId: number, choice: DraftChoice): Promise<Job> =>
  (await post<Schemas["RedraftStarted"]>(path(projectId, "redraft"), choice)).job;

export const draftClipAgain = (clipId: number, version: string) =>
  post<Schemas["DraftAsked"]>(`/api/v1/clips/${clipId}/drafts`, { version });

/** Asked again while something waits or runs. */
export const draftQueueQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "draft-queue"],
    queryFn: async ({ signal }) =>
      (await get<Schemas["DraftQueue"]>(path(projectId, "draft-queue"), undefined, signal))
        .versions,
    refetchInterval: ({ state }) => pollWhile((state.data?.length ?? 0) > 0),
  });

export const spendingQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "spending"],
    queryFn: ({ signal }) => get<Spending>(path(projectId, "spending"), undefined, signal),
  });

export async function changeBudget(
  projectId: number,
  revision: number,
  limit: string,
): Promise<Spending> {
  const answer = await send<Spending>("PATCH", path(projectId, "spending"), {
    body: { limit },
    revision,
  });
  return answer.data;
}
