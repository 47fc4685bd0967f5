import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { pollWhile } from "@/api/jobs";
import { rowsOf } from "@/api/pages";
import { useHasRole } from "@/api/roles";
import { isLive, type Run, runsQuery } from "@/api/runs";
import { RENDERING_LABELS } from "@/core/renderings";
import { sayDoing, STATE_LABELS, STATE_TONES } from "./runLabels";
import classes from "./runs.module.css";
import { Sparkline } from "./Sparkline";
import { Badge } from "@/ui/Badge";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { LoadMore } from "@/ui/LoadMore";
import { NoPermission } from "@/ui/NoPermission";
import { Page } from "@/ui/Page";
import { ProgressBar } from "@/ui/ProgressBar";
import { Time } from "@/ui/Time";

const COLUMNS: readonly Column<Run>[] = [
  {
    key: "run",
    header: "Run",
    cell: ({ uid, number, name, preset, base }) => (
      <div className={classes.named}>
        <Link to="/training-runs/$runUid" params={{ runUid: uid }}>
          {number}. {name}
        </Link>
        <span className="quiet">
          {preset} on {base}
        </span>
      </div>
    ),
  },
  {
    key: "data",
    header: "Clips of",
    cell: ({ version }) => (
      <div className={classes.named}>
        <Link to="/dataset-versions/$versionUid" params={{ versionUid: version.uid }}>
          Version {version.number}
        </Link>
        <span className="quiet">{RENDERING_LABELS[version.rendering]}</span>
      </div>
    ),
  },
  { key: "state", header: "State", cell: (run) => <RunState run={run} /> },
  { key: "loss", header: "Loss", cell: ({ losses }) => <Sparkline values={losses} /> },
  {
    key: "models",
    header: "Became",
    cell: ({ models }) => models.map(({ name }) => name).join(", "),
  },
  { key: "at", header: "Asked for", cell: ({ created_at: at }) => <Time at={at} /> },
];

/** Where a run is, with its steps while it takes them. */
function RunState({ run }: { run: Run }) {
  const { state, step, steps } = run;
  const doing = sayDoing(run);
  return (
    <div className={classes.state}>
      <Badge tone={STATE_TONES[state]}>{STATE_LABELS[state]}</Badge>
      {(state === "running" || state === "stopping") && (
        <ProgressBar label={`Steps of run ${run.number}`} done={step} total={steps} />
      )}
      {doing !== "" && state !== "done" && <span className="quiet">{doing}</span>}
    </div>
  );
}

export default function RunsPage({ projectId }: { projectId: number }) {
  const isSeer = useHasRole(projectId, "lead", "ml");
  if (!isSeer) return <NoPermission title="Training" forWhom="leads and ML staff of the project" />;
  return (
    <Page
      title="Training"
      width="wide"
      description="A run trains an adapter on the train clips of a dataset version. What comes out can draft."
      actions={
        <Button
          renderRoot={(props) => (
            <Link to="/projects/$projectId/runs/new" params={{ projectId }} {...props} />
          )}
        >
          New run
        </Button>
      }
    >
      <Runs projectId={projectId} />
    </Page>
  );
}

function Runs({ projectId }: { projectId: number }) {
  const runs = useInfiniteQuery({
    ...runsQuery(projectId),
    refetchInterval: (query) => pollWhile(rowsOf(query.state.data).some(isLive)),
  });
  return (
    <>
      <ErrorNotice error={runs.error} />
      {runs.isPending && <Loading label="Loading the runs" />}
      {runs.data !== undefined && (
        <DataTable
          caption="Training runs, newest first"
          columns={COLUMNS}
          rows={rowsOf(runs.data)}
          rowKey={({ uid }) => uid}
          empty={
            <EmptyState title="Nothing was trained yet">
              Freeze a dataset version, then start a run on it.
            </EmptyState>
          }
        />
      )}
      <LoadMore
        what="runs"
        hasMore={runs.hasNextPage}
        isLoading={runs.isFetchingNextPage}
        onLoad={() => void runs.fetchNextPage()}
      />
    </>
  );
}
