import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";

import { revokeToken, type Token, tokensQuery } from "@/api/tokens";
import { NewTokenButton } from "./NewTokenButton";
import { SCOPE_LABELS } from "./scopeLabels";
import { ConfirmButton } from "@/ui/ConfirmButton";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Page } from "@/ui/Page";
import { Time } from "@/ui/Time";

const FACTS: readonly Column<Token>[] = [
  { key: "name", header: "Name", cell: ({ name }) => name },
  { key: "prefix", header: "Begins with", cell: ({ prefix }) => <code>{prefix}…</code> },
  {
    key: "scopes",
    header: "May",
    cell: ({ scopes }) => scopes.map((scope) => SCOPE_LABELS[scope]).join(", "),
  },
  { key: "expiry", header: "Ends", cell: ({ expiry }) => <Moment at={expiry} /> },
  { key: "used", header: "Last used", cell: ({ last_used_at: at }) => <Moment at={at} /> },
];

function Moment({ at }: { at: string | null }) {
  return at === null ? <span className="quiet">Never</span> : <Time at={at} />;
}

export default function TokensPage() {
  const queryClient = useQueryClient();
  const { data: tokens } = useSuspenseQuery(tokensQuery);
  const revoke = useMutation({
    mutationFn: revokeToken,
    onSettled: () => queryClient.invalidateQueries(tokensQuery),
  });
  const actions: Column<Token> = {
    key: "actions",
    header: "Actions",
    cell: ({ id, name }) => (
      <ConfirmButton
        size="xs"
        aria-label={`Revoke ${name}`}
        question={`Revoke ${name}?`}
        consequence="Programs that use it are refused from now on."
        verb="Revoke"
        onConfirm={() => revoke.mutate(id)}
      >
        Revoke
      </ConfirmButton>
    ),
  };
  return (
    <Page
      title="Access tokens"
      description="With a token, a program works on your behalf, within what the token allows."
      actions={<NewTokenButton />}
    >
      <ErrorNotice error={revoke.error} />
      <DataTable
        caption="Your access tokens"
        columns={[...FACTS, actions]}
        rows={tokens}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="You have no tokens">
            Make one for a script or another program.
          </EmptyState>
        }
      />
    </Page>
  );
}
