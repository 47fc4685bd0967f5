import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";

import { instructionSetsQuery, versionsQuery } from "@/api/datasets";
import { rowsOf } from "@/api/pages";
import { useHasRole } from "@/api/roles";
import { devicesQuery, recipesQuery, type RunDetail, runQuery } from "@/api/runs";
import { RunForm } from "./RunForm";
import type { NewRunView } from "./runView";
import { EmptyState } from "@/ui/EmptyState";
import { NoPermission } from "@/ui/NoPermission";
import { Page } from "@/ui/Page";

interface Props {
  projectId: number;
  view: NewRunView;
}

export default function NewRunPage({ projectId, view }: Props) {
  const isTrainer = useHasRole(projectId, "lead", "ml");
  if (!isTrainer)
    return <NoPermission title="New run" forWhom="leads and ML staff of the project" />;
  return (
    <Page
      title="New run"
      width="wide"
      description="Everything is checked while you choose, and nothing starts before you say so."
    >
      <LoadedForm projectId={projectId} view={view} />
    </Page>
  );
}

/** The form knows its first values when it appears, so that nothing typed is overwritten. */
function LoadedForm({ projectId, view: { from, version } }: Props) {
  return from === undefined ? (
    <Fields projectId={projectId} former={null} version={version} />
  ) : (
    <Clone projectId={projectId} from={from} version={version} />
  );
}

interface FieldsProps {
  projectId: number;
  former: RunDetail | null;
  version: string | undefined;
}

function Clone({ from, ...rest }: Omit<FieldsProps, "former"> & { from: string }) {
  const { data: former } = useSuspenseQuery(runQuery(from));
  return <Fields former={former} {...rest} />;
}

function Fields({ projectId, former, version }: FieldsProps) {
  const { data: recipes } = useSuspenseQuery(recipesQuery);
  const { data: versions } = useSuspenseInfiniteQuery(versionsQuery(projectId));
  const { data: devices } = useSuspenseQuery(devicesQuery(projectId));
  const { data: sets } = useSuspenseQuery(instructionSetsQuery(projectId));
  const trainable = rowsOf(versions).filter(({ counts }) => counts.train > 0);
  if (trainable.length === 0) {
    return (
      <EmptyState title="There is nothing to train on">
        No dataset version has train clips. Freeze one on the page Datasets.
      </EmptyState>
    );
  }
  return (
    <RunForm
      projectId={projectId}
      recipes={recipes}
      versions={trainable}
      devices={devices}
      sets={sets}
      former={former}
      firstVersion={version ?? null}
    />
  );
}
