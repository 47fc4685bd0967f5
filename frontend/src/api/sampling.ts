import { queryOptions } from "@tanstack/react-query";

import { get, post, send } from "@/api/http";
import type { Job } from "@/api/jobs";
import type { components } from "@/api/schema";
import { type ScreenedClip, screeningKey } from "@/api/screening";

type Schemas = components["schemas"];

export type Quota = Schemas["Quota"];
export type Groups = Schemas["Groups"];

const path = (projectId: number, part: string) => `/api/v1/projects/${projectId}/${part}`;

export const planQuery = (projectId: number) =>
  queryOptions({
    queryKey: [...screeningKey(projectId), "plan"],
    queryFn: async ({ signal }) => {
      const plan = await get<Schemas["SamplingPlan"]>(
        path(projectId, "sampling-plan"),
        undefined,
        signal,
      );
      return plan.quotas;
    },
  });

export async function setPlan(
  projectId: number,
  quotas: readonly Schemas["QuotaBody"][],
): Promise<Quota[]> {
  const answer = await send<Schemas["SamplingPlan"]>("PUT", path(projectId, "sampling-plan"), {
    body: { quotas },
  });
  return answer.data.quotas;
}

export const drawSample = (projectId: number) =>
  post<Schemas["Drawn"]>(path(projectId, "sampling-plan/draw"));

export const groupsQuery = (projectId: number) =>
  queryOptions({
    queryKey: [...screeningKey(projectId), "groups"],
    queryFn: ({ signal }) => get<Groups>(path(projectId, "groups"), undefined, signal),
  });

export const compareClips = (projectId: number) => post<Job>(path(projectId, "groups"));

/** Left, top, width and height of what stays; null shows the whole picture again. */
export const cropClip = (clipId: number, crop: readonly number[] | null) =>
  post<Job>(`/api/v1/clips/${clipId}/crop`, { crop });

/** The crop as it was proposed; it is not proposed again by the same measurement. */
export const dismissCrop = (clipId: number, crop: readonly number[]) =>
  post<ScreenedClip>(`/api/v1/clips/${clipId}/screening/dismiss-crop`, { crop });
