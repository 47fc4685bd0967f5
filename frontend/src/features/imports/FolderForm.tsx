import { Button, Checkbox, Group, Radio, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { importFolder, importFoldersQuery, type StartedImport } from "@/api/imports";
import type { ImportFormProps } from "./ImportForms";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";

export function FolderForm({ projectId, sourceId, onStarted }: ImportFormProps) {
  const folders = useQuery(importFoldersQuery(projectId));
  const [path, setPath] = useState<string | null>(null);
  const [isOfFilms, setIsOfFilms] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ source, folder }: { source: number; folder: string }) =>
      importFolder(projectId, source, folder, isOfFilms ? "film" : "folder"),
  });
  // Given to the call, so that a person who has left the page is not pulled back.
  const onSuccess = ({ import: { uid } }: StartedImport) => onStarted(uid);
  const paths = folders.data?.flatMap(({ root, entries }) => [
    root,
    ...entries.map((entry) => `${root}/${entry}`),
  ]);
  if (folders.isPending) return <Loading label="Looking for folders" />;
  return (
    <Stack>
      <ErrorNotice error={folders.error ?? error} />
      {paths?.length === 0 && (
        <EmptyState title="There is no folder to import from">
          The operator names the allowed folders in the server's settings.
        </EmptyState>
      )}
      {paths !== undefined && paths.length > 0 && (
        <Radio.Group
          label="Folder"
          description="Every video in it is imported; the server opens no other folder."
          value={path}
          onChange={setPath}
        >
          <Stack gap="xs" mt="xs">
            {paths.map((choice) => (
              <Radio key={choice} value={choice} label={choice} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <Checkbox
        label="These are films: cut them into clips"
        description="Every shot becomes a clip; long ones are parted. The clips of a film stay together in a split."
        checked={isOfFilms}
        onChange={({ currentTarget: { checked } }) => setIsOfFilms(checked)}
      />
      <Group justify="end">
        <Button
          disabled={path === null || sourceId === null}
          loading={isPending}
          onClick={() =>
            path !== null &&
            sourceId !== null &&
            mutate({ source: sourceId, folder: path }, { onSuccess })
          }
        >
          Import the folder
        </Button>
      </Group>
    </Stack>
  );
}
