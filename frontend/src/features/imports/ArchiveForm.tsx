import { uploadArchive } from "@/api/imports";
import type { ImportFormProps } from "./ImportForms";
import { OneFileForm } from "./OneFileForm";

const INTRO =
  "An export of the format Native JSONL brings its clips, their sources and their approved " +
  "captions. Videos that are not in it are looked for below the allowed folders. Nothing of an " +
  "archive with an error is imported.";

export function ArchiveForm({ projectId, onStarted }: Omit<ImportFormProps, "sourceId">) {
  return (
    <OneFileForm
      intro={INTRO}
      what="an exported archive"
      accept=".zip,application/zip"
      noun="archive"
      place="line"
      send={(archive, dryRun, onSent) => uploadArchive(projectId, archive, dryRun, onSent)}
      onStarted={onStarted}
    />
  );
}
