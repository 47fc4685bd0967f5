import { useQuery } from "@tanstack/react-query";

import { invitationQuery } from "@/api/session";
import { AcceptInvitationForm } from "./AcceptInvitationForm";
import { EntrancePage } from "./EntrancePage";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Notice } from "@/ui/Notice";

interface Props {
  invitationKey: string;
}

export function InvitationPage({ invitationKey }: Props) {
  const { data: offer, error } = useQuery(invitationQuery(invitationKey));
  if (error !== null && "status" in error && error.status === 404) {
    return (
      <EntrancePage title="This invitation is over">
        <Notice tone="warning">
          It was used already or its time has passed. Ask the person who invited you for a new one.
        </Notice>
      </EntrancePage>
    );
  }
  return (
    <EntrancePage title={offer === undefined ? "Invitation" : `Join ${offer.project_name}`}>
      <ErrorNotice error={error} />
      {error === null && offer === undefined && <Loading label="Looking up the invitation" />}
      {offer !== undefined && <AcceptInvitationForm invitationKey={invitationKey} offer={offer} />}
    </EntrancePage>
  );
}
