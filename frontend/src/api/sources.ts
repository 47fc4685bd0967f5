import { queryOptions } from "@tanstack/react-query";

import { post, send } from "@/api/http";
import { getRows } from "@/api/pages";
import type { components } from "@/api/schema";

export type SourceFacts = components["schemas"]["SourceBody"];

export type Source = components["schemas"]["Source"];

export const sourcesQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "sources"],
    queryFn: ({ signal }) => getRows<Source>(`/api/v1/projects/${projectId}/sources`, signal),
  });

export const createSource = (projectId: number, facts: SourceFacts) =>
  post<Source>(`/api/v1/projects/${projectId}/sources`, facts);

export async function allowOutside(
  projectId: number,
  sourceId: number,
  isAllowed: boolean,
): Promise<void> {
  await send("PATCH", `/api/v1/projects/${projectId}/sources/${sourceId}`, {
    body: { external_processing_allowed: isAllowed },
  });
}
