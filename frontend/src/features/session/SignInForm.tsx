import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { signIn } from "@/api/session";
import { signInGate } from "@/api/signInGate";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface Props {
  email?: string;
  onSignedIn: () => void;
}

export function SignInForm({ email: known = "", onSignedIn }: Props) {
  const queryClient = useQueryClient();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: async () => {
      signInGate.open();
      await queryClient.invalidateQueries();
      onSignedIn();
    },
  });
  return (
    <form
      aria-label="Sign in"
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
    >
      <Stack>
        <ErrorNotice error={error} />
        <TextInput
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
