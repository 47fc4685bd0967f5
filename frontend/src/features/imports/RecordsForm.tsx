import { Checkbox } from "@mantine/core";
import { useState } from "react";

import { uploadRecords } from "@/api/imports";
import type { ImportFormProps } from "./ImportForms";
import { OneFileForm } from "./OneFileForm";

const INTRO =
  "Each record names a video below an allowed folder, with its labels and drafts: one on each " +
  "line, or in one JSON list. Tasks of Label Studio and lists of id, video and caption are taken " +
  "as they are. A file with an error is not imported at all.";

export function RecordsForm({ projectId, sourceId, onStarted }: ImportFormProps) {
  const [lenient, setLenient] = useState(false);
  return (
    <OneFileForm
      intro={INTRO}
      what="a JSONL or JSON file"
      accept=".jsonl,.ndjson,.json,application/jsonl,application/json"
      noun="file"
      place="line or item"
      canSend={sourceId !== null}
      send={async (file, dryRun, onSent) => {
        if (sourceId === null) throw new Error("No source is chosen.");
        return uploadRecords(projectId, { source: sourceId, file, dryRun, lenient }, onSent);
      }}
      onStarted={onStarted}
    >
      <Checkbox
        label="Pass over unknown keys"
        description="Otherwise a key that is not known is an error."
        checked={lenient}
        onChange={(event) => setLenient(event.currentTarget.checked)}
      />
    </OneFileForm>
  );
}
