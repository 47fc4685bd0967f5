import { Button, Checkbox, Group, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { uploadRecords, type StartedImport } from "@/api/imports";
import { ChosenFiles } from "./ChosenFiles";
import { FileDrop } from "./FileDrop";
import type { ImportFormProps } from "./ImportForms";
import { ErrorNotice } from "@/ui/ErrorNotice";

export function RecordsForm({ projectId, sourceId, onStarted }: ImportFormProps) {
  const [file, setFile] = useState<File | null>(null);
  const [dryRun, setDryRun] = useState(true);
  const [lenient, setLenient] = useState(false);
  const [sentBytes, setSentBytes] = useState(0);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (records: { source: number; file: File }) =>
      uploadRecords(projectId, { ...records, dryRun, lenient }, setSentBytes),
  });
  // Given to the call, so that a person who has left the page is not pulled back.
  const onSuccess = ({ import: { uid } }: StartedImport) => onStarted(uid);
  return (
    <Stack>
      <p className="quiet">
        Each record names a video below an allowed folder, with its labels and drafts: one on each
        line, or in one JSON list. Tasks of Label Studio and lists of id, video and caption are
        taken as they are. A file with an error is not imported at all.
      </p>
      <ErrorNotice error={error} />
      <FileDrop
        what="a JSONL or JSON file"
        accept=".jsonl,.ndjson,.json,application/jsonl,application/json"
        isDisabled={isPending}
        onFiles={([first]) => first !== undefined && setFile(first)}
      />
      <ChosenFiles
        files={file === null ? [] : [file]}
        sent={isPending ? [sentBytes] : null}
        onRemove={() => setFile(null)}
      />
      <Checkbox
        label="Only check the file"
        description="Names every error by its line or item and imports nothing."
        checked={dryRun}
        onChange={(event) => setDryRun(event.currentTarget.checked)}
      />
      <Checkbox
        label="Pass over unknown keys"
        description="Otherwise a key that is not known is an error."
        checked={lenient}
        onChange={(event) => setLenient(event.currentTarget.checked)}
      />
      <Group justify="end">
        <Button
          disabled={file === null || sourceId === null}
          loading={isPending}
          onClick={() =>
            file !== null && sourceId !== null && mutate({ source: sourceId, file }, { onSuccess })
          }
        >
          {dryRun ? "Check the file" : "Import the file"}
        </Button>
      </Group>
    </Stack>
  );
}
