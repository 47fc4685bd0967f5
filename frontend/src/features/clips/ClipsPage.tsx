import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { type ClipFilters, clipsQuery } from "@/api/clips";
import { rowsOf } from "@/api/pages";
import { useHasRole } from "@/api/roles";
import { CLIP_COLUMNS } from "./clipColumns";
import { ClipFilterBar } from "./ClipFilterBar";
import { DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { LoadMore } from "@/ui/LoadMore";
import { Page } from "@/ui/Page";

interface Props {
  projectId: number;
  filters: ClipFilters;
  onFilter: (filters: ClipFilters) => void;
}

export default function ClipsPage({ projectId, filters, onFilter }: Props) {
  const clips = useInfiniteQuery({
    ...clipsQuery(projectId, filters),
    placeholderData: keepPreviousData,
  });
  const mayImport = useHasRole(projectId, "lead", "ml");
  const isFiltered = [filters.stage, filters.source, filters.emotion, filters.search].some(
    (value) => value !== undefined,
  );
  return (
    <Page title="Clips" width="wide">
      <ClipFilterBar projectId={projectId} filters={filters} onFilter={onFilter} />
      <ErrorNotice error={clips.error} />
      {clips.isPending && <Loading label="Loading the clips" />}
      {clips.data !== undefined && (
        <DataTable
          caption="Clips of this project"
          columns={CLIP_COLUMNS}
          rows={rowsOf(clips.data)}
          rowKey={({ id }) => id}
          empty={
            isFiltered ? (
              <EmptyState title="No clip fits these filters">Take one of them away.</EmptyState>
            ) : (
              <EmptyState
                title="There are no clips yet"
                action={
                  mayImport && (
                    <Link to="/projects/$projectId/import" params={{ projectId }}>
                      Import clips
                    </Link>
                  )
                }
              >
                Leads and ML staff bring them in.
              </EmptyState>
            )
          }
        />
      )}
      <LoadMore
        what="clips"
        hasMore={clips.hasNextPage}
        isLoading={clips.isFetchingNextPage}
        onLoad={() => void clips.fetchNextPage()}
      />
    </Page>
  );
}
