import { queryOptions } from "@tanstack/react-query";

import { getRows } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type PromptVersion = Schemas["PromptVersion"];

const promptsPath = (projectId: number) => `/api/v1/projects/${projectId}/prompts`;

/** Newest first, of every name. */
export const promptsQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "prompts"],
    queryFn: ({ signal }) => getRows<PromptVersion>(promptsPath(projectId), signal),
  });
