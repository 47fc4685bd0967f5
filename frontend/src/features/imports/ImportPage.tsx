import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";

import { type Import, importsQuery } from "@/api/imports";
import { isUnderway, pollWhile } from "@/api/jobs";
import { rowsOf } from "@/api/pages";
import { useHasRole } from "@/api/roles";
import { ImportForms } from "./ImportForms";
import { importTitle } from "./importLabels";
import { Card } from "@/ui/Card";
import { type Column, DataTable } from "@/ui/DataTable";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";
import { Loading } from "@/ui/Loading";
import { LoadMore } from "@/ui/LoadMore";
import { NoPermission } from "@/ui/NoPermission";
import { Page } from "@/ui/Page";
import { Time } from "@/ui/Time";

const COLUMNS: readonly Column<Import>[] = [
  {
    key: "title",
    header: "Import",
    cell: (row) => (
      <Link to="/imports/$importUid" params={{ importUid: row.uid }}>
        {importTitle(row)}
      </Link>
    ),
  },
  {
    key: "state",
    header: "State",
    cell: (row) => row.job !== null && <JobProgress label={importTitle(row)} job={row.job} />,
  },
  { key: "imported", header: "Imported", numeric: true, cell: ({ counts }) => counts.imported },
  { key: "failed", header: "Failed", numeric: true, cell: ({ counts }) => counts.failed },
  { key: "at", header: "Started", cell: ({ created_at }) => <Time at={created_at} /> },
];

function PastImports({ projectId }: { projectId: number }) {
  const imports = useInfiniteQuery({
    ...importsQuery(projectId),
    refetchInterval: ({ state }) =>
      pollWhile(rowsOf(state.data).some(({ job }) => isUnderway(job))),
  });
  return (
    <Card title="Imports">
      <ErrorNotice error={imports.error} />
      {imports.isPending && <Loading label="Loading the imports" />}
      {imports.data !== undefined && (
        <DataTable
          caption="Imports of this project, newest first"
          columns={COLUMNS}
          rows={rowsOf(imports.data)}
          rowKey={({ uid }) => uid}
          empty={<p className="quiet">Nothing was imported yet.</p>}
        />
      )}
      <LoadMore
        what="imports"
        hasMore={imports.hasNextPage}
        isLoading={imports.isFetchingNextPage}
        onLoad={() => void imports.fetchNextPage()}
      />
    </Card>
  );
}

export default function ImportPage({ projectId }: { projectId: number }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const mayImport = useHasRole(projectId, "lead", "ml");
  if (!mayImport) return <NoPermission title="Import" forWhom="leads and ML staff" />;
  const open = async (importUid: string) => {
    await queryClient.invalidateQueries(importsQuery(projectId));
    await navigate({ to: "/imports/$importUid", params: { importUid } });
  };
  return (
    <Page title="Import">
      <ImportForms key={projectId} projectId={projectId} onStarted={(uid) => void open(uid)} />
      <PastImports projectId={projectId} />
    </Page>
  );
}
