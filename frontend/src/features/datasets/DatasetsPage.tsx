import { Group } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { type DatasetVersion, versionsQuery } from "@/api/datasets";
import { rowsOf } from "@/api/pages";
import { useHasRole } from "@/api/roles";
import { RENDERING_LABELS } from "@/core/renderings";
import { FreezeButton } from "./FreezeButton";
import { InstructionTemplates } from "./InstructionTemplates";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { LoadMore } from "@/ui/LoadMore";
import { NoPermission } from "@/ui/NoPermission";
import { Page } from "@/ui/Page";
import { Time } from "@/ui/Time";

const COLUMNS: readonly Column<DatasetVersion>[] = [
  {
    key: "number",
    header: "Version",
    cell: ({ uid, number }) => (
      <Link to="/dataset-versions/$versionUid" params={{ versionUid: uid }}>
        Version {number}
      </Link>
    ),
  },
  { key: "total", header: "Clips", numeric: true, cell: ({ counts }) => counts.total },
  { key: "train", header: "Train", numeric: true, cell: ({ counts }) => counts.train },
  { key: "validation", header: "Valid.", numeric: true, cell: ({ counts }) => counts.validation },
  { key: "test", header: "Test", numeric: true, cell: ({ counts }) => counts.test },
  { key: "rendering", header: "Text", cell: ({ rendering }) => RENDERING_LABELS[rendering] },
  { key: "note", header: "Note", cell: ({ note }) => note },
  { key: "at", header: "Frozen", cell: ({ created_at }) => <Time at={created_at} /> },
];

export default function DatasetsPage({ projectId }: { projectId: number }) {
  const mayFreeze = useHasRole(projectId, "lead", "ml");
  if (!mayFreeze) return <NoPermission title="Datasets" forWhom="leads and ML staff" />;
  return (
    <Page
      title="Datasets"
      description="A dataset version is frozen from the approved captions and never changes."
      actions={
        <Group>
          <Link to="/projects/$projectId/datasets/templates" params={{ projectId }}>
            Instruction templates
          </Link>
          <FreezeButton projectId={projectId} />
        </Group>
      }
    >
      <Versions projectId={projectId} />
      <InstructionTemplates projectId={projectId} />
    </Page>
  );
}

function Versions({ projectId }: { projectId: number }) {
  const versions = useInfiniteQuery(versionsQuery(projectId));
  return (
    <>
      <ErrorNotice error={versions.error} />
      {versions.isPending && <Loading label="Loading the versions" />}
      {versions.data !== undefined && (
        <DataTable
          caption="Dataset versions, newest first"
          columns={COLUMNS}
          rows={rowsOf(versions.data)}
          rowKey={({ uid }) => uid}
          empty={
            <EmptyState title="Nothing is frozen yet">
              Freeze a version as soon as captions are approved.
            </EmptyState>
          }
        />
      )}
      <LoadMore
        what="versions"
        hasMore={versions.hasNextPage}
        isLoading={versions.isFetchingNextPage}
        onLoad={() => void versions.fetchNextPage()}
      />
    </>
  );
}
