import { Button, Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { sourcesQuery } from "@/api/sources";
import { NewSourceDialog } from "./NewSourceDialog";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface Props {
  projectId: number;
  sourceId: number | null;
  onChange: (sourceId: number) => void;
}

/** Where the clips come from: every clip belongs to a source with a licence. */
export function SourceField({ projectId, sourceId, onChange }: Props) {
  const sources = useQuery(sourcesQuery(projectId));
  const [isAdding, setIsAdding] = useState(false);
  const choices = sources.data ?? [];
  return (
    <>
      <ErrorNotice error={sources.error} />
      <Group align="end" gap="xs">
        <Select
          label="Source"
          description="A dataset or a collection; its licence holds for the clips."
          placeholder={choices.length === 0 ? "Make the first source" : "Choose a source"}
          data={choices.map(({ id, name }) => ({ value: String(id), label: name }))}
          disabled={choices.length === 0}
          allowDeselect={false}
          searchable
          value={sourceId === null ? null : String(sourceId)}
          onChange={(value) => value !== null && onChange(Number(value))}
          style={{ flex: "1 1 280px" }}
        />
        <Button variant="default" onClick={() => setIsAdding(true)}>
          New source
        </Button>
      </Group>
      <NewSourceDialog
        projectId={projectId}
        isOpen={isAdding}
        onClose={() => setIsAdding(false)}
        onCreated={onChange}
      />
    </>
  );
}
