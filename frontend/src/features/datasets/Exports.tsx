import { useQuery } from "@tanstack/react-query";

import { type DatasetVersion, type Export, exportsQuery } from "@/api/datasets";
import { RENDERING_LABELS } from "@/core/renderings";
import { sayBytes } from "@/core/fileSize";
import { MEDIA_LABELS, SPLIT_LABELS, SPLITS } from "./datasetLabels";
import { FORMATS } from "./exportFormats";
import { ExportState } from "./ExportState";
import { ManifestButton } from "./ManifestButton";
import { NewExportButton } from "./NewExportButton";
import { Card } from "@/ui/Card";
import { type Column, DataTable } from "@/ui/DataTable";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Time } from "@/ui/Time";

const saySplits = (splits: Export["splits"]) =>
  splits.map((split) => SPLIT_LABELS[split].toLowerCase()).join(", ");

const columnsOf = (versionUid: string): readonly Column<Export>[] => [
  {
    key: "format",
    header: "Format",
    cell: ({ format, media }) =>
      FORMATS[format].label + (media === "paths" ? "" : `, with ${MEDIA_LABELS[media].noun}`),
  },
  {
    key: "captions",
    header: "Captions",
    cell: ({ rendering, splits }) =>
      RENDERING_LABELS[rendering] + (splits.length < SPLITS.length ? `; ${saySplits(splits)}` : ""),
  },
  {
    key: "state",
    header: "State",
    cell: (row) => <ExportState row={row} versionUid={versionUid} />,
  },
  {
    key: "file",
    header: "File",
    cell: (row) =>
      row.download_url !== null &&
      row.ended_since === 0 && (
        <>
          <a href={row.download_url} download aria-label={`Download ${FORMATS[row.format].label}`}>
            Download
          </a>{" "}
          <span className="quiet">{sayBytes(row.size_bytes ?? 0)}</span>
        </>
      ),
  },
  {
    key: "manifest",
    header: "Manifest",
    cell: (row) => row.download_url !== null && <ManifestButton row={row} />,
  },
  {
    key: "hash",
    header: "SHA-256",
    cell: ({ sha256 }) => <code title={sha256}>{sha256.slice(0, 12)}</code>,
  },
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
          columns={columnsOf(version.uid)}
          rows={exports.data}
          rowKey={({ uid }) => uid}
          empty={<p className="quiet">This version was not exported yet.</p>}
        />
      )}
    </Card>
  );
}
