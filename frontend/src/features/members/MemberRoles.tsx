import { useMutation, useQueryClient } from "@tanstack/react-query";

import { changeRoles, type Member, membersQuery } from "@/api/members";
import { meQuery } from "@/api/session";
import type { Role } from "@/core/roles";
import { RoleChecks } from "./RoleChecks";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface Props {
  projectId: number;
  member: Member;
}

/** The roles of one person; a tick is saved at once. */
export function MemberRoles({ projectId, member }: Props) {
  const queryClient = useQueryClient();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (roles: Role[]) => changeRoles(projectId, member.user_id, roles),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries(membersQuery(projectId)),
        queryClient.invalidateQueries(meQuery),
      ]),
  });
  return (
    <>
      <RoleChecks
        label={`Roles of ${member.name}`}
        roles={isPending ? variables : member.roles}
        isDisabled={isPending}
        onChange={(roles) => mutate(roles)}
      />
      <ErrorNotice error={error} />
    </>
  );
}
