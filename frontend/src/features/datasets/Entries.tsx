import { Checkbox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { type DatasetEntry, type DatasetVersion, entriesQuery } from "@/api/datasets";
import { rowsOf } from "@/api/pages";
import { countOf } from "@/core/counting";
import { SPLIT_LABELS } from "./datasetLabels";
import { HedgedText } from "./HedgedText";
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
  {
    key: "text",
    header: "Text",
    cell: ({ text, hedges }) => <HedgedText text={text} hedges={hedges ?? []} />,
  },
];

export function Entries({ version }: { version: DatasetVersion }) {
  const [onlyHedging, setOnlyHedging] = useState(false);
  const entries = useInfiniteQuery(entriesQuery(version.uid, onlyHedging));
  const hedged = version.counts.hedged ?? 0;
  return (
    <Card
      title="Captions"
      aside={
        hedged > 0 && (
          <Checkbox
            label={`Only ${countOf(hedged, "caption that still hedges", "captions that still hedge")}`}
            checked={onlyHedging}
            onChange={() => setOnlyHedging(!onlyHedging)}
          />
        )
      }
    >
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
