import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  TextInput,
} from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";

import { errorOfField } from "@/api/fieldErrors";
import { meQuery } from "@/api/session";
import { createToken, TOKEN_SCOPES, type TokenRequest, tokensQuery } from "@/api/tokens";
import { SCOPE_LABELS } from "./scopeLabels";
import { CopyField } from "@/ui/CopyField";
import { Dialog } from "@/ui/Dialog";
import { FormDialog } from "@/ui/FormDialog";

const EMPTY: TokenRequest = { name: "", scopes: ["read"], project: null, days: 90 };

export function NewTokenButton() {
  const queryClient = useQueryClient();
  const { data: me } = useSuspenseQuery(meQuery);
  const [isOpen, setIsOpen] = useState(false);
  const [request, setRequest] = useState(EMPTY);
  const { mutate, reset, data, isPending, error } = useMutation({
    mutationFn: () => createToken(request),
    onSuccess: () => {
      setIsOpen(false);
      setRequest(EMPTY);
      return queryClient.invalidateQueries(tokensQuery);
    },
  });
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>New token</Button>
      <FormDialog
        title="New token"
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        verb="Make the token"
        onSubmit={() => mutate()}
        isBusy={isPending}
        isIncomplete={request.name.trim() === "" || request.scopes.length === 0}
        error={error}
      >
        <TextInput
          label="Name"
          description="Which program uses it."
          data-autofocus
          maxLength={120}
          value={request.name}
          error={errorOfField(error, "name")}
          onChange={({ currentTarget: { value } }) => setRequest({ ...request, name: value })}
        />
        <Group role="group" aria-label="What it may do">
          {TOKEN_SCOPES.map((scope) => (
            <Checkbox
              key={scope}
              label={SCOPE_LABELS[scope]}
              checked={request.scopes.includes(scope)}
              onChange={() =>
                setRequest({
                  ...request,
                  scopes: TOKEN_SCOPES.filter(
                    (known) => (known === scope) !== request.scopes.includes(known),
                  ),
                })
              }
            />
          ))}
        </Group>
        <NumberInput
          label="Days until it ends"
          allowDecimal={false}
          min={1}
          max={365}
          value={request.days}
          error={errorOfField(error, "days")}
          onChange={(value) => value !== "" && setRequest({ ...request, days: Number(value) })}
        />
        <NativeSelect
          label="Project"
          data={[
            { value: "", label: "All my projects" },
            ...me.projects.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          value={request.project ?? ""}
          onChange={({ currentTarget: { value } }) =>
            setRequest({ ...request, project: value === "" ? null : Number(value) })
          }
        />
      </FormDialog>
      <Dialog title="The token is ready" isOpen={data !== undefined} onClose={reset}>
        <Stack>
          <p>Copy it now: it is not shown again.</p>
          <CopyField label="Token" value={data?.token ?? ""} />
        </Stack>
      </Dialog>
    </>
  );
}
