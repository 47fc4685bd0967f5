import { useRouter } from "@tanstack/react-router";

import { EntrancePage } from "./EntrancePage";
import { SignInForm } from "./SignInForm";

interface Props {
  /** The path to go to after sign-in. */
  next: string;
}

export function SignInPage({ next }: Props) {
  const router = useRouter();
  return (
    <EntrancePage title="Sign in">
      <SignInForm onSignedIn={() => router.history.push(next)} />
    </EntrancePage>
  );
}
