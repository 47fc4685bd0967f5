import { Button, Group, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { uploadClips, type StartedImport } from "@/api/imports";
import { sentOfEach } from "@/core/uploadShares";
import { ChosenFiles } from "./ChosenFiles";
import { FileDrop } from "./FileDrop";
import type { ImportFormProps } from "./ImportForms";
import { ErrorNotice } from "@/ui/ErrorNotice";

function withoutRepeats(files: readonly File[]): File[] {
  return [...new Map(files.map((file) => [`${file.name}/${file.size}`, file])).values()];
}

function sayUpload(count: number): string {
  if (count === 0) return "Upload";
  return count === 1 ? "Upload 1 file" : `Upload ${count} files`;
}

export function UploadForm({ projectId, sourceId, onStarted }: ImportFormProps) {
  const [files, setFiles] = useState<File[]>([]);
  const [sentBytes, setSentBytes] = useState(0);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (source: number) => uploadClips(projectId, source, files, setSentBytes),
    onError: () => setSentBytes(0),
  });
  // Given to the call, so that a person who has left the page is not pulled back.
  const onSuccess = ({ import: { uid } }: StartedImport) => onStarted(uid);
  const sizes = files.map(({ size }) => size);
  return (
    <Stack>
      <ErrorNotice error={error} />
      <FileDrop
        what="videos"
        accept="video/*"
        isMultiple
        isDisabled={isPending}
        onFiles={(added) => setFiles(withoutRepeats([...files, ...added]))}
      />
      <ChosenFiles
        files={files}
        sent={isPending ? sentOfEach(sizes, sentBytes) : null}
        onRemove={(removed) => setFiles(files.filter((file) => file !== removed))}
      />
      <Group justify="end">
        <Button
          disabled={files.length === 0 || sourceId === null}
          loading={isPending}
          onClick={() => sourceId !== null && mutate(sourceId, { onSuccess })}
        >
          {sayUpload(files.length)}
        </Button>
      </Group>
    </Stack>
  );
}
