import type { Role } from "./roles";

export type WorkKind = "assignment" | "consolidation" | "cross_validation";

const WORK_FOLDERS: Readonly<Record<WorkKind, string>> = {
  assignment: "assignments",
  consolidation: "consolidations",
  cross_validation: "cross-validations",
};

/** The page on which a piece of claimed work is done. */
export function workPath({ kind, id }: { kind: WorkKind; id: number }): string {
  return `/${WORK_FOLDERS[kind]}/${id}`;
}

/** Where a person's work in a project begins: the route, without the project's number. */
export function firstPage(roles: readonly Role[]) {
  const worksOnClips = roles.some((role) => role === "annotator" || role === "reviewer");
  return worksOnClips ? "/projects/$projectId/queue" : "/projects/$projectId/clips";
}
