import { queryOptions } from "@tanstack/react-query";

import { post, send } from "@/api/http";
import { getRows } from "@/api/pages";
import type { components } from "@/api/schema";
import type { Role } from "@/core/roles";

export type Member = components["schemas"]["Member"];

export type Invitation = components["schemas"]["Invitation"];

const membersPath = (projectId: number) => `/api/v1/projects/${projectId}/members`;
const invitationsPath = (projectId: number) => `/api/v1/projects/${projectId}/invitations`;

export const membersQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "members"],
    queryFn: ({ signal }) => getRows<Member>(membersPath(projectId), signal),
  });

export const invitationsQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "invitations"],
    queryFn: ({ signal }) => getRows<Invitation>(invitationsPath(projectId), signal),
  });

export async function changeRoles(projectId: number, userId: number, roles: Role[]) {
  await send("PATCH", `${membersPath(projectId)}/${userId}`, { body: { roles } });
}

export async function removeMember(projectId: number, userId: number): Promise<void> {
  await send("DELETE", `${membersPath(projectId)}/${userId}`);
}

export const invite = (projectId: number, invited: { email: string; roles: Role[] }) =>
  post<components["schemas"]["NewInvitation"]>(invitationsPath(projectId), invited);

export async function revokeInvitation(projectId: number, invitationId: number): Promise<void> {
  await send("DELETE", `${invitationsPath(projectId)}/${invitationId}`);
}
