import { useSuspenseQuery } from "@tanstack/react-query";

import { type Member, membersQuery } from "@/api/members";
import { useHasRole } from "@/api/roles";
import { InvitationsCard } from "./InvitationsCard";
import { InviteButton } from "./InviteButton";
import { MemberRoles } from "./MemberRoles";
import { RemoveMemberButton } from "./RemoveMemberButton";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { NoPermission } from "@/ui/NoPermission";
import { Page } from "@/ui/Page";

function columnsFor(projectId: number): Column<Member>[] {
  return [
    { key: "name", header: "Name", cell: ({ name }) => name },
    { key: "email", header: "E-mail", cell: ({ email }) => email },
    {
      key: "roles",
      header: "Roles",
      cell: (member) => <MemberRoles projectId={projectId} member={member} />,
    },
    {
      key: "actions",
      header: "Actions",
      cell: (member) => <RemoveMemberButton projectId={projectId} member={member} />,
    },
  ];
}

function Members({ projectId }: { projectId: number }) {
  const { data: members } = useSuspenseQuery(membersQuery(projectId));
  return (
    <Page
      title="Members"
      description="Who works in this project, and as what."
      actions={<InviteButton projectId={projectId} />}
      width="wide"
    >
      <DataTable
        caption="Members"
        columns={columnsFor(projectId)}
        rows={members}
        rowKey={({ user_id }) => user_id}
        empty={<EmptyState title="Nobody is here yet">Invite the first person.</EmptyState>}
      />
      <InvitationsCard projectId={projectId} />
    </Page>
  );
}

export default function MembersPage({ projectId }: { projectId: number }) {
  const isLead = useHasRole(projectId, "lead");
  if (!isLead) return <NoPermission title="Members" forWhom="the leads of the project" />;
  return <Members projectId={projectId} />;
}
