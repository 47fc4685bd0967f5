import { queryOptions } from "@tanstack/react-query";

import { get, post, send } from "@/api/http";
import type { components } from "@/api/schema";

export type ProjectSettings = components["schemas"]["Settings"];

export type Project = components["schemas"]["Project"];

export type ProjectChanges = components["schemas"]["PatchedProjectChangesBody"];

export const projectQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId],
    queryFn: ({ signal }) => get<Project>(`/api/v1/projects/${projectId}`, undefined, signal),
  });

export const createProject = (named: { name: string; description: string }) =>
  post<Project>("/api/v1/projects", named);

export async function changeProject(project: Project, changes: ProjectChanges): Promise<Project> {
  const answer = await send<Project>("PATCH", `/api/v1/projects/${project.id}`, {
    body: changes,
    revision: project.revision,
  });
  return answer.data;
}
