import { Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import { meQuery } from "@/api/session";
import { signInGate } from "@/api/signInGate";
import { SignInForm } from "./SignInForm";
import { Dialog } from "@/ui/Dialog";

/** Lies over an open page whose session has ended; the page keeps everything that was written. */
export function SignInOverlay() {
  const queryClient = useQueryClient();
  const isClosed = useSyncExternalStore(signInGate.subscribe, signInGate.isClosed);
  const me = queryClient.getQueryData(meQuery.queryKey);
  return (
    <Dialog
      title="You were signed out"
      isOpen={isClosed && me !== undefined}
      onClose={() => undefined}
      mustAnswer
      size="sm"
    >
      <Stack>
        <p>Sign in to go on. What you wrote is kept on this device.</p>
        <SignInForm
          {...(me === undefined ? {} : { email: me.email })}
          onSignedIn={() => undefined}
        />
      </Stack>
    </Dialog>
  );
}
