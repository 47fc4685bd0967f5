import { Box, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { sourcesQuery } from "@/api/sources";
import { ArchiveForm } from "./ArchiveForm";
import { FolderForm } from "./FolderForm";
import { RecordsForm } from "./RecordsForm";
import { SourceField } from "./SourceField";
import { UploadForm } from "./UploadForm";
import { Card } from "@/ui/Card";

export interface ImportFormProps {
  projectId: number;
  sourceId: number | null;
  onStarted: (importUid: string) => void;
}

type Props = Omit<ImportFormProps, "sourceId">;

/** Four ways to bring clips in; the source holds for all but an archive, which brings its own. */
export function ImportForms({ projectId, onStarted }: Props) {
  const [chosenId, setChosenId] = useState<number | null>(null);
  const [way, setWay] = useState<string | null>("upload");
  const [first, ...others] = useQuery(sourcesQuery(projectId)).data ?? [];
  const onlyId = others.length === 0 ? first?.id : undefined;
  const sourceId = chosenId ?? onlyId ?? null;
  const form = { projectId, sourceId, onStarted };
  return (
    <Card title="Bring clips in">
      <Tabs value={way} onChange={setWay}>
        <Tabs.List mb="md">
          <Tabs.Tab value="upload">Upload files</Tabs.Tab>
          <Tabs.Tab value="folder">Folder on the server</Tabs.Tab>
          <Tabs.Tab value="records">Records</Tabs.Tab>
          <Tabs.Tab value="archive">Exported archive</Tabs.Tab>
        </Tabs.List>
        {way !== "archive" && (
          <Box mb="md">
            <SourceField projectId={projectId} sourceId={sourceId} onChange={setChosenId} />
          </Box>
        )}
        <Tabs.Panel value="upload">
          <UploadForm {...form} />
        </Tabs.Panel>
        <Tabs.Panel value="folder">
          <FolderForm {...form} />
        </Tabs.Panel>
        <Tabs.Panel value="records">
          <RecordsForm {...form} />
        </Tabs.Panel>
        <Tabs.Panel value="archive">
          <ArchiveForm projectId={projectId} onStarted={onStarted} />
        </Tabs.Panel>
      </Tabs>
    </Card>
  );
}
