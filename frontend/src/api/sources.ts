import { queryOptions } from "@tanstack/react-query";

import { post } from "@/api/http";
import { getRows } from "@/api/pages";

export interface SourceFacts {
  name: string;
  kind: "existing" | "collected";
  licence: string;
  url: string;
  external_processing_allowed: boolean;
}

export interface Source extends SourceFacts {
  id: number;
  clip_count: number;
}

export const sourcesQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "sources"],
    queryFn: ({ signal }) => getRows<Source>(`/api/v1/projects/${projectId}/sources`, signal),
  });

export const createSource = (projectId: number, facts: SourceFacts) =>
  post<Source>(`/api/v1/projects/${projectId}/sources`, facts);
