import { queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/http";
import { isUnderway, type Job, pollWhile } from "@/api/jobs";
import { getRows } from "@/api/pages";
import type { components } from "@/api/schema";
import type { CaptionDocument } from "@/core/captionDocument";

type Schemas = components["schemas"];

export type PromptVersion = Schemas["PromptVersion"];
export type PromptText = Schemas["PromptBody"];

/** What a prompt made of a clip: a document, or a failure with its reason. */
export type PreviewResult = Omit<Schemas["PreviewResult"], "document"> & {
  document: CaptionDocument | null;
};

export interface Preview {
  job: Job;
  /** Null until the job is done. */
  result: PreviewResult | null;
}

/** Which hosted model is asked about which clip. */
export type PreviewRequest = Schemas["PreviewBody"];

const promptsPath = (projectId: number) => `/api/v1/projects/${projectId}/prompts`;

/** Newest first, of every name. */
export const promptsQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "prompts"],
    queryFn: ({ signal }) => getRows<PromptVersion>(promptsPath(projectId), signal),
  });

/** To edit a prompt is to write the next version of its name. */
export const writePrompt = (projectId: number, text: PromptText) =>
  post<PromptVersion>(promptsPath(projectId), text);

export async function askForPreview(
  projectId: number,
  promptUid: string,
  request: PreviewRequest,
): Promise<Job> {
  const path = `${promptsPath(projectId)}/${promptUid}/preview`;
  return (await post<Schemas["PreviewStarted"]>(path, request)).job;
}

export const previewQuery = (jobUid: string) =>
  queryOptions({
    queryKey: ["previews", jobUid],
    queryFn: ({ signal }) => get<Preview>(`/api/v1/previews/${jobUid}`, undefined, signal),
    refetchInterval: ({ state }) => pollWhile(isUnderway(state.data?.job ?? null)),
  });
