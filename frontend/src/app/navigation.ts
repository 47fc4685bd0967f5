import type { Role } from "@/core/roles";

/** The pages of a project and who sees their link; the server decides who may use them. */
export const PROJECT_PAGES = [
  { to: "/projects/$projectId/queue", label: "My queue", roles: ["annotator", "reviewer", "lead"] },
] as const satisfies readonly { to: string; label: string; roles: readonly Role[] }[];

export function pagesFor(roles: readonly Role[]) {
  return PROJECT_PAGES.filter((page) => page.roles.some((role) => roles.includes(role)));
}
