import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { pollWhile } from "@/api/jobs";
import { type Measuring, measuringQuery, screeningKey, trackMissing } from "@/api/screening";
import classes from "./screening.module.css";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";

function isGoingOn(measuring: Measuring | undefined): boolean {
  return measuring !== undefined && measuring.running.length + measuring.waiting > 0;
}

/** Asks for the faces of clips that have none yet, and shows how far that work is. */
export function MeasureMissing({ projectId }: { projectId: number }) {
  const queryClient = useQueryClient();
  const { data: measuring } = useQuery({
    ...measuringQuery(projectId),
    refetchInterval: ({ state }) => pollWhile(isGoingOn(state.data)),
  });
  const ask = useMutation({
    mutationFn: () => trackMissing(projectId),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: screeningKey(projectId) }),
  });
  return (
    <div className={classes.measuring}>
      <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
        Track the missing clips
      </Button>
      <ErrorNotice error={ask.error} />
      {ask.data !== undefined && <p role="status">{sayAsked(ask.data)}</p>}
      {measuring?.running.map((job) => (
        <JobProgress key={job.uid} label="Tracking the faces of a clip" job={job} />
      ))}
      {measuring !== undefined && measuring.waiting > 0 && (
        <p className="quiet">{sayWaiting(measuring)}</p>
      )}
      {measuring !== undefined && measuring.outdated > 0 && (
        <p className="quiet">{sayOutdated(measuring.outdated)}</p>
      )}
    </div>
  );
}

function sayAsked({ asked, left }: { asked: number; left: number }): string {
  if (asked === 0 && left === 0) return "Every clip has its tracks, or waits for them already.";
  const started = asked === 1 ? "1 clip is tracked now." : `${asked} clips are tracked now.`;
  return left === 0 ? started : `${started} ${left} are left: ask again later.`;
}

function sayOutdated(count: number): string {
  const shown = count === 1 ? "1 clip shows" : `${count} clips show`;
  return `${shown} tracks of former networks. New ones are made when nothing else waits.`;
}

function sayWaiting({ waiting, isMore }: Measuring): string {
  return `${isMore ? "More than " : ""}${waiting} more ${waiting === 1 ? "waits" : "wait"}.`;
}
