import { type Role, ROLES } from "@/core/roles";

/** The pages of a project and who sees their link; the server decides who may use them. */
export const PROJECT_PAGES = [
  { to: "/projects/$projectId/queue", label: "My queue", roles: ["annotator", "reviewer", "lead"] },
  { to: "/projects/$projectId/clips", label: "Clips", roles: ROLES },
  { to: "/projects/$projectId/import", label: "Import", roles: ["lead", "ml"] },
  { to: "/projects/$projectId/screening", label: "Screening", roles: ["lead", "ml"] },
  { to: "/projects/$projectId/models", label: "Models", roles: ["lead", "ml"] },
  { to: "/projects/$projectId/datasets", label: "Datasets", roles: ["lead", "ml"] },
  { to: "/projects/$projectId/leaderboard", label: "Leaderboard", roles: ["lead", "ml"] },
  {
    to: "/projects/$projectId/agreement",
    label: "Agreement",
    roles: ["lead", "annotator", "reviewer"],
  },
  { to: "/projects/$projectId/runs", label: "Training", roles: ["lead", "ml"] },
  { to: "/projects/$projectId/jobs", label: "Jobs", roles: ["lead", "ml"] },
  { to: "/projects/$projectId/members", label: "Members", roles: ["lead"] },
  { to: "/projects/$projectId/settings", label: "Settings", roles: ["lead"] },
] as const satisfies readonly { to: string; label: string; roles: readonly Role[] }[];

export function pagesFor(roles: readonly Role[]) {
  return PROJECT_PAGES.filter((page) => page.roles.some((role) => roles.includes(role)));
}
