import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";

import { acceptInvitation, meQuery, signIn } from "@/api/session";
import type { InvitationOffer } from "@/api/types";
import { ROLE_LABELS } from "@/core/roles";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface Props {
  invitationKey: string;
  offer: InvitationOffer;
}

/** Makes the account, or joins with the account that is signed in under the same e-mail. */
export function AcceptInvitationForm({ invitationKey, offer }: Props) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const me = useQuery(meQuery).data;
  const hasAccount = me?.email.toLowerCase() === offer.email.toLowerCase();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      if (hasAccount) return acceptInvitation(invitationKey, null);
      await acceptInvitation(invitationKey, { name: name.trim(), password });
      return signIn(offer.email, password);
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      router.history.push("/");
    },
  });
  return (
    <form
      aria-label="Accept the invitation"
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
    >
      <Stack>
        <p>
          You are invited as <strong>{offer.email}</strong> to work here as{" "}
          {offer.roles.map((role) => ROLE_LABELS[role].toLowerCase()).join(", ")}.
        </p>
        <ErrorNotice error={error} />
        {!hasAccount && (
          <>
            <TextInput
              label="Your name"
              autoComplete="name"
              required
              withAsterisk={false}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <PasswordInput
              label="Choose a password"
              autoComplete="new-password"
              required
              withAsterisk={false}
              visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </>
        )}
        <Button type="submit" loading={isPending}>
          Join the project
        </Button>
      </Stack>
    </form>
  );
}
