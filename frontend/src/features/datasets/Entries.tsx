import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { type DatasetEntry, entriesQuery } from "@/api/datasets";
import { rowsOf } from "@/api/pages";
import { SPLIT_LABELS } from "./datasetLabels";
import { Badge } from "@/ui/Badge";
import { Card } from "@/ui/Card";
import { type Column, DataTable } from "@/ui/DataTable";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { LoadMore } from "@/ui/LoadMore";

const COLUMNS: readonly Column<DatasetEntry>[] = [
  {
    key: "clip",
    header: "Clip",
    cell: ({ clip_id: clipId, clip_name: name }) => (
      <Link to="/clips/$clipId" params={{ clipId }}>
        {name}
      </Link>
    ),
  },
  { key: "split", header: "Split", cell: ({ split }) => <Badge>{SPLIT_LABELS[split]}</Badge> },
  { key: "text", header: "Text", cell: ({ text }) => text },
];

export function Entries({ versionUid }: { versionUid: string }) {
  const entries = useInfiniteQuery(entriesQuery(versionUid));
  return (
    <Card title="Captions">
      <ErrorNotice error={entries.error} />
      {entries.isPending && <Loading label="Loading the captions" />}
      {entries.data !== undefined && (
        <DataTable
          caption="Captions of this version"
          columns={COLUMNS}
          rows={rowsOf(entries.data)}
          rowKey={({ clip_id }) => clip_id}
          empty={<p className="quiet">This version holds no captions.</p>}
        />
      )}
      <LoadMore
        what="captions"
        hasMore={entries.hasNextPage}
        isLoading={entries.isFetchingNextPage}
        onLoad={() => void entries.fetchNextPage()}
      />
    </Card>
  );
}
