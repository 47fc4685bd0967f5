import { queryOptions } from "@tanstack/react-query";

import { post, send } from "@/api/http";
import type { Job } from "@/api/jobs";
import { getRows } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type TemplateCandidate = Schemas["TemplateCandidate"];
export type TemplateChoice = TemplateCandidate["choice"];
export type InstructionSet = Schemas["InstructionSet"];

const candidatesPath = (projectId: number) => `/api/v1/projects/${projectId}/template-candidates`;

export const candidatesQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "template-candidates"],
    queryFn: ({ signal }) => getRows<TemplateCandidate>(candidatesPath(projectId), signal),
  });

export const addTemplates = (
  projectId: number,
  texts: readonly string[],
  origin: "typed" | "imported",
) => post<Schemas["TemplatesAdded"]>(candidatesPath(projectId), { texts, origin });

export async function chooseTemplate(uid: string, choice: TemplateChoice): Promise<void> {
  await send("PATCH", `/api/v1/template-candidates/${uid}`, { body: { choice } });
}

export async function removeTemplate(uid: string): Promise<void> {
  await send("DELETE", `/api/v1/template-candidates/${uid}`);
}

export const writeTemplates = (projectId: number, version: string, count: number) =>
  post<Job>(`${candidatesPath(projectId)}/write`, { version, count });

export const compareTemplates = (projectId: number) =>
  post<Job>(`${candidatesPath(projectId)}/compare`, null);

export const makeInstructionSet = (projectId: number, name: string) =>
  post<InstructionSet>(`/api/v1/projects/${projectId}/instruction-sets`, { name });
