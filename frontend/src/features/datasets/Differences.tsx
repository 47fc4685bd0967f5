import { Group, NativeSelect, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import {
  type ChangedClip,
  DATASET_CHANGES,
  type DatasetChange,
  type DatasetVersion,
  diffQuery,
  versionsQuery,
} from "@/api/datasets";
import { rowsOf } from "@/api/pages";
import { CHANGE_LABELS, SPLIT_LABELS } from "./datasetLabels";
import classes from "./datasets.module.css";
import { Card } from "@/ui/Card";
import { type Column, DataTable } from "@/ui/DataTable";
import { DiffText } from "@/ui/DiffText";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { LoadMore } from "@/ui/LoadMore";

const COLUMNS: readonly Column<ChangedClip>[] = [
  {
    key: "clip",
    header: "Clip",
    cell: ({ clip_id: clipId, clip_name: name }) => (
      <Link to="/clips/$clipId" params={{ clipId }}>
        {name}
      </Link>
    ),
  },
  {
    key: "split",
    header: "Split",
    cell: (clip) => <span className={classes.move}>{sayMove(clip)}</span>,
  },
  {
    key: "text",
    header: "Text",
    cell: ({ text_before: before, text_after: after }) => (
      <DiffText before={before ?? after ?? ""} after={after ?? before ?? ""} />
    ),
  },
];

function sayMove({ split_before: before, split_after: after }: ChangedClip): string {
  const told = [before, after].flatMap((split) => (split === null ? [] : [SPLIT_LABELS[split]]));
  return [...new Set(told)].join(" → ");
}

/** What became of each clip since another version; the one before, to begin with. */
export function Differences({ version }: { version: DatasetVersion }) {
  const versions = useInfiniteQuery(versionsQuery(version.project_id));
  const others = rowsOf(versions.data).filter(({ uid }) => uid !== version.uid);
  const before = others.find(({ number }) => number < version.number) ?? others.at(-1);
  const [chosen, setChosen] = useState<string | null>(null);
  const against = chosen ?? before?.uid;
  if (against === undefined) return null;
  return (
    <Card
      title="Changes"
      aside={
        <NativeSelect
          aria-label="Compared with"
          data={others.map(({ uid, number }) => ({ value: uid, label: `since version ${number}` }))}
          value={against}
          onChange={({ currentTarget: { value } }) => setChosen(value)}
        />
      }
    >
      <Changed key={against} uid={version.uid} against={against} />
    </Card>
  );
}

function Changed({ uid, against }: { uid: string; against: string }) {
  const [change, setChange] = useState<DatasetChange>("edited");
  const found = useInfiniteQuery(diffQuery(uid, against, change));
  const counts = found.data?.pages[0]?.counts;
  return (
    <>
      <Group>
        <SegmentedControl
          aria-label="Kind of change"
          data={DATASET_CHANGES.map((known) => ({
            value: known,
            label: `${CHANGE_LABELS[known]} ${counts?.[known] ?? ""}`,
          }))}
          value={change}
          onChange={setChange}
        />
      </Group>
      <ErrorNotice error={found.error} />
      {found.isPending && <Loading label="Comparing" />}
      {found.data !== undefined && (
        <DataTable
          caption={`Clips ${CHANGE_LABELS[change].toLowerCase()}`}
          columns={COLUMNS}
          rows={rowsOf(found.data)}
          rowKey={({ clip_id }) => clip_id}
          empty={<p className="quiet">No clip was {CHANGE_LABELS[change].toLowerCase()}.</p>}
        />
      )}
      <LoadMore
        what="clips"
        hasMore={found.hasNextPage}
        isLoading={found.isFetchingNextPage}
        onLoad={() => void found.fetchNextPage()}
      />
    </>
  );
}
