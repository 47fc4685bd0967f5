import { queryOptions } from "@tanstack/react-query";

import { get, post, send } from "@/api/http";
import type { Role } from "@/core/roles";

export const DRAFT_POLICIES = ["none", "after_first_version", "always"] as const;

export interface ProjectSettings {
  annotators_per_clip: number;
  lease_minutes: number;
  draft_wait_minutes: number;
  draft_policy: (typeof DRAFT_POLICIES)[number];
  no_draft_share: number;
  cross_validation_blind_share: number;
  cross_validation_check_share: number;
  return_cap: number;
  attributes_required: boolean;
  sound_allowed: boolean;
  external_processing_allowed: boolean;
}

export interface Project {
  id: number;
  uid: string;
  name: string;
  description: string;
  roles: Role[];
  revision: number;
  settings: ProjectSettings;
}

export interface ProjectChanges {
  name?: string;
  description?: string;
  settings?: Partial<ProjectSettings>;
}

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
