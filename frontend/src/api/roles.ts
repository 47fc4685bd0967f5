import { useSuspenseQuery } from "@tanstack/react-query";

import { meQuery } from "@/api/session";
import type { Role } from "@/core/roles";

/** The roles of the signed-in person: what to show. The server decides what is allowed. */
export function useRoles(projectId: number): readonly Role[] {
  const { data: me } = useSuspenseQuery(meQuery);
  return me.projects.find(({ id }) => id === projectId)?.roles ?? [];
}

export function useHasRole(projectId: number, ...wanted: Role[]): boolean {
  const roles = useRoles(projectId);
  return wanted.some((role) => roles.includes(role));
}
