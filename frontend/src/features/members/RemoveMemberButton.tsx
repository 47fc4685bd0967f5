import { useMutation, useQueryClient } from "@tanstack/react-query";

import { type Member, membersQuery, removeMember } from "@/api/members";
import { ConfirmButton } from "@/ui/ConfirmButton";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface Props {
  projectId: number;
  member: Member;
}

export function RemoveMemberButton({ projectId, member }: Props) {
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => removeMember(projectId, member.user_id),
    onSuccess: () => queryClient.invalidateQueries(membersQuery(projectId)),
  });
  return (
    <>
      <ConfirmButton
        size="xs"
        loading={isPending}
        aria-label={`Remove ${member.name}`}
        question={`Remove ${member.name} from the project?`}
        consequence="They can no longer open the project. What they wrote stays, and so does its history."
        verb="Remove"
        onConfirm={() => mutate()}
      >
        Remove
      </ConfirmButton>
      <ErrorNotice error={error} />
    </>
  );
}
