import { Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { allowOutside, type Source, sourcesQuery } from "@/api/sources";
import { Card } from "@/ui/Card";
import { type Column, DataTable } from "@/ui/DataTable";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface Permission {
  sourceId: number;
  isAllowed: boolean;
}

/** Where clips come from, and whether theirs may leave; a switch is saved at once. */
export function SourcesCard({ projectId }: { projectId: number }) {
  const queryClient = useQueryClient();
  const sources = useQuery(sourcesQuery(projectId));
  const permit = useMutation({
    mutationFn: ({ sourceId, isAllowed }: Permission) =>
      allowOutside(projectId, sourceId, isAllowed),
    onSettled: () => queryClient.invalidateQueries(sourcesQuery(projectId)),
  });
  const isAllowed = (source: Source) =>
    permit.isPending && permit.variables.sourceId === source.id
      ? permit.variables.isAllowed
      : source.external_processing_allowed;
  const columns: Column<Source>[] = [
    { key: "name", header: "Name", cell: ({ name }) => name },
    { key: "licence", header: "Licence", cell: ({ licence }) => licence },
    { key: "clips", header: "Clips", cell: ({ clip_count }) => clip_count },
    {
      key: "outside",
      header: "May be sent to services outside",
      cell: (source) => (
        <Switch
          aria-label={`Clips of ${source.name} may be sent to services outside`}
          checked={isAllowed(source)}
          disabled={permit.isPending}
          onChange={({ currentTarget: { checked } }) =>
            permit.mutate({ sourceId: source.id, isAllowed: checked })
          }
        />
      ),
    },
  ];
  return (
    <Card title="Sources">
      <p className="quiet">
        A clip leaves this installation only where its source and the project both allow it.
      </p>
      <ErrorNotice error={sources.error ?? permit.error} />
      <DataTable
        caption="Sources"
        columns={columns}
        rows={sources.data ?? []}
        rowKey={({ id }) => id}
        empty={<p className="quiet">Sources are added with the first import.</p>}
      />
    </Card>
  );
}
