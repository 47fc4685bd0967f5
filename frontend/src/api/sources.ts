import { queryOptions } from "@tanstack/react-query";

import { post } from "@/api/http";
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
