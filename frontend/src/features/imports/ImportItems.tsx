import { NativeSelect } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";

import { ITEM_STATUSES, type ImportItem, importItemsQuery, type ItemStatus } from "@/api/imports";
import { pollWhile } from "@/api/jobs";
import { rowsOf } from "@/api/pages";
import { ITEM_STATUS_LABELS } from "./importLabels";
import { Badge, type Tone } from "@/ui/Badge";
import { Card } from "@/ui/Card";
import { type Column, DataTable } from "@/ui/DataTable";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { LoadMore } from "@/ui/LoadMore";

const TONES: Readonly<Record<ItemStatus, Tone>> = {
  pending: "neutral",
  imported: "positive",
  duplicate: "warning",
  failed: "negative",
};

const STATUS_CHOICES = [
  { value: "", label: "Every result" },
  ...ITEM_STATUSES.map((value) => ({ value, label: ITEM_STATUS_LABELS[value] })),
];

const COLUMNS: readonly Column<ImportItem>[] = [
  {
    key: "name",
    header: "File",
    cell: ({ name, clip_id: clipId }) =>
      clipId === null ? (
        name
      ) : (
        <Link to="/clips/$clipId" params={{ clipId }}>
          {name}
        </Link>
      ),
  },
  {
    key: "status",
    header: "Result",
    cell: ({ status }) => <Badge tone={TONES[status]}>{ITEM_STATUS_LABELS[status]}</Badge>,
  },
  { key: "message", header: "Reason", cell: ({ message }) => message },
];

interface Props {
  importUid: string;
  isRunning: boolean;
}

export function ImportItems({ importUid, isRunning }: Props) {
  const [status, setStatus] = useState<ItemStatus | null>(null);
  const items = useInfiniteQuery({
    ...importItemsQuery(importUid, status),
    placeholderData: keepPreviousData,
    refetchInterval: pollWhile(isRunning),
  });
  const { refetch } = items;
  useEffect(() => {
    // The last files may end between the last poll and the end of the job.
    if (!isRunning) void refetch();
  }, [isRunning, refetch]);
  return (
    <Card
      title="Files"
      aside={
        <NativeSelect
          aria-label="Show files"
          data={STATUS_CHOICES}
          value={status ?? ""}
          onChange={({ currentTarget: { value } }) =>
            setStatus(ITEM_STATUSES.find((known) => known === value) ?? null)
          }
        />
      }
    >
      <ErrorNotice error={items.error} />
      {items.isPending && <Loading label="Loading the files" />}
      {items.data !== undefined && (
        <DataTable
          caption="Files of this import"
          columns={COLUMNS}
          rows={rowsOf(items.data)}
          rowKey={({ position }) => position}
          empty={<p className="quiet">There are no files here.</p>}
        />
      )}
      <LoadMore
        what="files"
        hasMore={items.hasNextPage}
        isLoading={items.isFetchingNextPage}
        onLoad={() => void items.fetchNextPage()}
      />
    </Card>
  );
}
