import { Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { changeRoles, type Member, membersQuery } from "@/api/members";
import { meQuery } from "@/api/session";
import type { Role } from "@/core/roles";
import { RoleChecks } from "./RoleChecks";
import { ErrorNotice } from "@/ui/ErrorNotice";

const NO_ROLE_LEFT = "A member holds at least one role. Give another one first, or remove them.";

interface Props {
  projectId: number;
  member: Member;
}

/** The roles of one person; a tick is saved at once. */
export function MemberRoles({ projectId, member }: Props) {
  const queryClient = useQueryClient();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: async (roles: Role[]) => {
      if (roles.length === 0) throw new Error(NO_ROLE_LEFT);
      await changeRoles(projectId, member.user_id, roles);
    },
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries(membersQuery(projectId)),
        queryClient.invalidateQueries(meQuery),
      ]),
  });
  return (
    <Stack gap="xs">
      <RoleChecks
        label={`Roles of ${member.name}`}
        roles={isPending ? variables : member.roles}
        isDisabled={isPending}
        onChange={(roles) => mutate(roles)}
      />
      <ErrorNotice error={error} />
    </Stack>
  );
}
