import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { type Invitation, invitationsQuery, revokeInvitation } from "@/api/members";
import { ROLE_LABELS } from "@/core/roles";
import { Card } from "@/ui/Card";
import { type Column, DataTable } from "@/ui/DataTable";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Time } from "@/ui/Time";

/** Invitations that nobody has accepted yet. */
export function InvitationsCard({ projectId }: { projectId: number }) {
  const queryClient = useQueryClient();
  const invitations = useQuery(invitationsQuery(projectId));
  const revoke = useMutation({
    mutationFn: (invitationId: number) => revokeInvitation(projectId, invitationId),
    onSettled: () => queryClient.invalidateQueries(invitationsQuery(projectId)),
  });
  const columns: Column<Invitation>[] = [
    { key: "email", header: "E-mail", cell: ({ email }) => email },
    {
      key: "roles",
      header: "Roles",
      cell: ({ roles }) => roles.map((role) => ROLE_LABELS[role]).join(", "),
    },
    { key: "expires", header: "Ends", cell: ({ expires_at }) => <Time at={expires_at} /> },
    {
      key: "actions",
      header: "Actions",
      cell: ({ id, email }) => (
        <Button
          size="xs"
          variant="default"
          aria-label={`Revoke the invitation of ${email}`}
          onClick={() => revoke.mutate(id)}
        >
          Revoke
        </Button>
      ),
    },
  ];
  const open = invitations.data?.filter(({ accepted_at }) => accepted_at === null) ?? [];
  return (
    <Card title="Open invitations">
      <ErrorNotice error={invitations.error ?? revoke.error} />
      <DataTable
        caption="Open invitations"
        columns={columns}
        rows={open}
        rowKey={({ id }) => id}
        empty={<p className="quiet">Nobody is invited at the moment.</p>}
      />
    </Card>
  );
}
