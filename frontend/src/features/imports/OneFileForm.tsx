import { Button, Checkbox, Group, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { StartedImport } from "@/api/imports";
import { ChosenFiles } from "./ChosenFiles";
import { FileDrop } from "./FileDrop";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface Props {
  intro: string;
  what: string;
  accept: string;
  noun: "archive" | "file";
  /** What the check names errors by. */
  place: string;
  canSend?: boolean;
  send: (file: File, dryRun: boolean, onSent: (bytes: number) => void) => Promise<StartedImport>;
  onStarted: (importUid: string) => void;
  /** Further choices. */
  children?: ReactNode;
}

/** One file, checked first unless told otherwise. */
export function OneFileForm({
  intro,
  what,
  accept,
  noun,
  place,
  canSend = true,
  send,
  onStarted,
  children,
}: Props) {
  const [file, setFile] = useState<File | null>(null);
  const [dryRun, setDryRun] = useState(true);
  const [sentBytes, setSentBytes] = useState(0);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (chosen: File) => send(chosen, dryRun, setSentBytes),
  });
  // Given to the call, so that a person who has left the page is not pulled back.
  const onSuccess = ({ import: { uid } }: StartedImport) => onStarted(uid);
  return (
    <Stack>
      <p className="quiet">{intro}</p>
      <ErrorNotice error={error} />
      <FileDrop
        what={what}
        accept={accept}
        isDisabled={isPending}
        onFiles={([first]) => first !== undefined && setFile(first)}
      />
      <ChosenFiles
        files={file === null ? [] : [file]}
        sent={isPending ? [sentBytes] : null}
        onRemove={() => setFile(null)}
      />
      <Checkbox
        label={`Only check the ${noun}`}
        description={`Names every error by its ${place} and imports nothing.`}
        checked={dryRun}
        onChange={(event) => setDryRun(event.currentTarget.checked)}
      />
      {children}
      <Group justify="end">
        <Button
          disabled={file === null || !canSend}
          loading={isPending}
          onClick={() => file !== null && mutate(file, { onSuccess })}
        >
          {dryRun ? `Check the ${noun}` : `Import the ${noun}`}
        </Button>
      </Group>
    </Stack>
  );
}
