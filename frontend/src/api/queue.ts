import { queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/http";
import type { ClaimAnswer, Queue, WorkRole } from "@/api/types";

export const queueQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "queue"],
    queryFn: ({ signal }) => get<Queue>(`/api/v1/projects/${projectId}/queue`, undefined, signal),
    refetchInterval: 30_000,
  });

export function claimWork(projectId: number, role: WorkRole): Promise<ClaimAnswer> {
  return post<ClaimAnswer>(`/api/v1/projects/${projectId}/claims`, { role });
}
