import { useQuery } from "@tanstack/react-query";

import { type DatasetVersion, type Export, exportsQuery } from "@/api/datasets";
import { sayBytes } from "@/core/fileSize";
import { FORMAT_LABELS } from "./datasetLabels";
import { ManifestButton } from "./ManifestButton";
import { NewExportButton } from "./NewExportButton";
import { Card } from "@/ui/Card";
import { type Column, DataTable } from "@/ui/DataTable";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";
import { Loading } from "@/ui/Loading";
import { Time } from "@/ui/Time";

const COLUMNS: readonly Column<Export>[] = [
  { key: "format", header: "Format", cell: ({ format }) => FORMAT_LABELS[format] },
  {
    key: "state",
    header: "State",
    cell: ({ format, job }) =>
      job !== null && <JobProgress label={`Export as ${FORMAT_LABELS[format]}`} job={job} />,
  },
  {
    key: "file",
    header: "File",
    cell: (row) =>
      row.download_url !== null && (
        <a href={row.download_url} download aria-label={`Download ${FORMAT_LABELS[row.format]}`}>
          Download
        </a>
      ),
  },
  {
    key: "manifest",
    header: "Manifest",
    cell: (row) => row.download_url !== null && <ManifestButton row={row} />,
  },
  {
    key: "size",
    header: "Size",
    numeric: true,
    cell: ({ size_bytes: size }) => (size === null ? "" : sayBytes(size)),
  },
  { key: "seed", header: "Seed", numeric: true, cell: ({ seed }) => seed },
  { key: "at", header: "Started", cell: ({ created_at }) => <Time at={created_at} /> },
];

export function Exports({ version }: { version: DatasetVersion }) {
  const exports = useQuery(exportsQuery(version.uid));
  return (
    <Card title="Exports" aside={<NewExportButton version={version} />}>
      <ErrorNotice error={exports.error} />
      {exports.isPending && <Loading label="Loading the exports" />}
      {exports.data !== undefined && (
        <DataTable
          caption="Exports of this version"
          columns={COLUMNS}
          rows={exports.data}
          rowKey={({ uid }) => uid}
          empty={<p className="quiet">This version was not exported yet.</p>}
        />
      )}
    </Card>
  );
}
