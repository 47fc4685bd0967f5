import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { draftQueueQuery, type QueuedVersion } from "@/api/drafts";
import { sayAbout } from "@/core/durations";
import { Card } from "@/ui/Card";
import { type Column, DataTable } from "@/ui/DataTable";
import { ErrorNotice } from "@/ui/ErrorNotice";

const COLUMNS: readonly Column<QueuedVersion>[] = [
  { key: "name", header: "Model", cell: ({ name }) => name },
  { key: "running", header: "Written now", numeric: true, cell: ({ running }) => running },
  { key: "waiting", header: "Waiting", numeric: true, cell: ({ waiting }) => waiting },
  { key: "ahead", header: "Before them", numeric: true, cell: ({ ahead }) => ahead },
  { key: "left", header: "All written in", cell: sayLeft },
];

/** How many drafts wait, what stands before them, and for how long. */
export function DraftQueue({ projectId }: { projectId: number }) {
  const queue = useQuery(draftQueueQuery(projectId));
  return (
    <Card
      title="Drafts under way"
      aside={
        <Link to="/projects/$projectId/jobs" params={{ projectId }}>
          All jobs
        </Link>
      }
    >
      <ErrorNotice error={queue.error} />
      {queue.data !== undefined && (
        <DataTable
          caption="Drafts that wait, by model"
          columns={COLUMNS}
          rows={queue.data}
          rowKey={({ version }) => version}
          empty={<p className="quiet">No draft waits or is being written.</p>}
        />
      )}
    </Card>
  );
}

function sayLeft({ waiting, seconds_left: seconds }: QueuedVersion): string {
  if (waiting === 0) return "Being written";
  return seconds === null ? "Not known yet" : sayAbout(seconds);
}
