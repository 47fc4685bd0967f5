import { Button, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { errorOfField } from "@/api/fieldErrors";
import { invitationsQuery, invite } from "@/api/members";
import type { Role } from "@/core/roles";
import { RoleChecks } from "./RoleChecks";
import { CopyField } from "@/ui/CopyField";
import { Dialog } from "@/ui/Dialog";
import { FormDialog } from "@/ui/FormDialog";
import { Time } from "@/ui/Time";

export function InviteButton({ projectId }: { projectId: number }) {
  const queryClient = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [email, setEmail] = useState("");
  const [roles, setRoles] = useState<Role[]>(["annotator"]);
  const { mutate, reset, data, isPending, error } = useMutation({
    mutationFn: () => invite(projectId, { email: email.trim(), roles }),
    onSuccess: () => {
      setIsOpen(false);
      setEmail("");
      return queryClient.invalidateQueries(invitationsQuery(projectId));
    },
  });
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Invite a person</Button>
      <FormDialog
        title="Invite a person"
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        verb="Make the invitation"
        onSubmit={() => mutate()}
        isBusy={isPending}
        isIncomplete={email.trim() === "" || roles.length === 0}
        error={error}
      >
        <TextInput
          label="E-mail"
          type="email"
          data-autofocus
          description="Only the person who signs in with this address can accept."
          value={email}
          error={errorOfField(error, "email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <RoleChecks label="Roles" roles={roles} onChange={setRoles} />
      </FormDialog>
      <Dialog title="The invitation is ready" isOpen={data !== undefined} onClose={reset}>
        {data !== undefined && (
          <Stack>
            <p>
              Send this link to {data.email}. It is shown only now, works once and ends{" "}
              <Time at={data.expires_at} />.
            </p>
            <CopyField label="Link" value={data.url} />
          </Stack>
        )}
      </Dialog>
    </>
  );
}
