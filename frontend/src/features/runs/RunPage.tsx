import { skipToken, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";

import { isLive, metricsQuery, type RunDetail, runQuery } from "@/api/runs";
import { sayAbout } from "@/core/durations";
import { RecipeCard } from "./RecipeCard";
import { RunActions } from "./RunActions";
import { RunCurves } from "./RunCurves";
import {
  DEVICE_LABELS,
  LAUNCHER_LABELS,
  sayAge,
  sayDoing,
  sayVersion,
  STATE_LABELS,
  STATE_TONES,
} from "./runLabels";
import { RunLog } from "./RunLog";
import classes from "./runs.module.css";
import { secondsLeft } from "./timeLeft";
import { Badge } from "@/ui/Badge";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { type Fact, Facts } from "@/ui/Facts";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { ProgressBar } from "@/ui/ProgressBar";
import { Time } from "@/ui/Time";
import { useProjectOfPage } from "@/ui/useProjectOfPage";

export default function RunPage({ runUid }: { runUid: string }) {
  const { data: run, dataUpdatedAt: now } = useSuspenseQuery(runQuery(runUid));
  useProjectOfPage(run.project_id);
  const isRunning = isLive(run);
  const metrics = useQuery(metricsQuery(runUid, isRunning));
  const former = run.cloned_from;
  const formerMetrics = useQuery(
    former === null ? { queryKey: ["runs"], queryFn: skipToken } : metricsQuery(former.uid, false),
  );
  return (
    <Page
      title={`Run ${run.number}: ${run.name}`}
      width="wide"
      description={`${run.preset} on ${run.base}, asked for by ${run.created_by_name}`}
      actions={
        <Link to="/projects/$projectId/runs" params={{ projectId: run.project_id }}>
          All runs
        </Link>
      }
    >
      <div className={classes.parts}>
        <RunCard run={run} now={now} />
        <ErrorNotice error={metrics.error} />
        <RunCurves
          points={metrics.data ?? []}
          former={former && { number: former.number, points: formerMetrics.data ?? [] }}
        />
        <RecipeCard run={run} />
        <RunLog runUid={runUid} isRunning={isRunning} />
      </div>
    </Page>
  );
}

function RunCard({ run, now }: { run: RunDetail; now: number }) {
  const { state, step, steps } = run;
  const doing = sayDoing(run);
  return (
    <Card title="How it goes" aside={<RunActions run={run} />}>
      <div className={classes.state} aria-live="polite">
        <Badge tone={STATE_TONES[state]}>{STATE_LABELS[state]}</Badge>
        {steps > 0 && <ProgressBar label="Steps" done={step} total={steps} />}
        {state !== "failed" && doing !== "" && <span className="quiet">{doing}</span>}
      </div>
      {state === "failed" && <Notice tone="negative">{doing}</Notice>}
      <Facts facts={factsOf(run, now)} />
    </Card>
  );
}

function factsOf(run: RunDetail, now: number): Fact[] {
  const left = run.state === "running" ? secondsLeft(run, now) : null;
  return [
    {
      name: "Trained on",
      value: (
        <Link to="/dataset-versions/$versionUid" params={{ versionUid: run.version.uid }}>
          {sayVersion(run.version)}
        </Link>
      ),
    },
    {
      name: "Instructions",
      value: `${run.instruction_set.name} ${run.instruction_set.version}, drawn by seed ${run.seed}`,
    },
    { name: "Became", value: run.models.length === 0 ? null : <Models run={run} /> },
    {
      name: "Last heard of",
      value: isLive(run) && run.heartbeat_at !== null ? sayAge(run.heartbeat_at, now) : null,
    },
    { name: "Time left", value: left === null ? null : sayAbout(left) },
    { name: "Runs on", value: sayDevices(run) },
    { name: "Started by", value: LAUNCHER_LABELS[run.launcher] },
    { name: "Starts of its process", value: run.attempts > 1 ? run.attempts : null },
    { name: "Began", value: run.started_at === null ? null : <Time at={run.started_at} /> },
    { name: "Ended", value: run.ended_at === null ? null : <Time at={run.ended_at} /> },
    {
      name: "SHA-256 of the result",
      value: run.result_sha256 === "" ? null : <span className="figures">{run.result_sha256}</span>,
    },
  ];
}

function sayDevices({ devices, device_kind: kind, device_count: count }: RunDetail): string {
  if (devices.length > 0) return devices.join(", ");
  return count === 1 ? DEVICE_LABELS[kind] : `${count} × ${DEVICE_LABELS[kind]}`;
}

/** The models page gives roles, so that is where a result goes on. */
function Models({ run }: { run: RunDetail }) {
  return (
    <>
      {run.models.map(({ uid, name }, index) => (
        <Fragment key={uid}>
          {index > 0 && ", "}
          <Link to="/projects/$projectId/models" params={{ projectId: run.project_id }}>
            {name}
          </Link>
        </Fragment>
      ))}
    </>
  );
}
