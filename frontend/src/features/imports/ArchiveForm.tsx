import { Button, Checkbox, Group, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { type StartedImport, uploadArchive } from "@/api/imports";
import { ChosenFiles } from "./ChosenFiles";
import { FileDrop } from "./FileDrop";
import type { ImportFormProps } from "./ImportForms";
import { ErrorNotice } from "@/ui/ErrorNotice";

export function ArchiveForm({ projectId, onStarted }: Omit<ImportFormProps, "sourceId">) {
  const [file, setFile] = useState<File | null>(null);
  const [dryRun, setDryRun] = useState(true);
  const [sentBytes, setSentBytes] = useState(0);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (archive: File) => uploadArchive(projectId, archive, dryRun, setSentBytes),
  });
  // Given to the call, so that a person who has left the page is not pulled back.
  const onSuccess = ({ import: { uid } }: StartedImport) => onStarted(uid);
  return (
    <Stack>
      <p className="quiet">
        An export of the format Native JSONL brings its clips, their sources and their approved
        captions. Videos that are not in it are looked for below the allowed folders. Nothing of an
        archive with an error is imported.
      </p>
      <ErrorNotice error={error} />
      <FileDrop
        what="an exported archive"
        accept=".zip,application/zip"
        isDisabled={isPending}
        onFiles={([first]) => first !== undefined && setFile(first)}
      />
      <ChosenFiles
        files={file === null ? [] : [file]}
        sent={isPending ? [sentBytes] : null}
        onRemove={() => setFile(null)}
      />
      <Checkbox
        label="Only check the archive"
        description="Names every error by its line and imports nothing."
        checked={dryRun}
        onChange={(event) => setDryRun(event.currentTarget.checked)}
      />
      <Group justify="end">
        <Button
          disabled={file === null}
          loading={isPending}
          onClick={() => file !== null && mutate(file, { onSuccess })}
        >
          {dryRun ? "Check the archive" : "Import the archive"}
        </Button>
      </Group>
    </Stack>
  );
}
