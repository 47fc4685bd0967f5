import { JOB_STATE_LABELS, type JobState } from "@/core/jobStates";
import { Badge, type Tone } from "@/ui/Badge";
import classes from "@/ui/JobProgress.module.css";
import { ProgressBar } from "@/ui/ProgressBar";

const TONES: Readonly<Record<JobState, Tone>> = {
  queued: "neutral",
  running: "accent",
  done: "positive",
  cancelled: "neutral",
  dead: "negative",
};

interface Props {
  /** What the job does, read out with its progress. */
  label: string;
  job: {
    state: JobState;
    progress: { done: number; total?: number | null; message: string };
    error: string;
  };
}

/** How far background work is, and why it ended when it failed. */
export function JobProgress({ label, job }: Props) {
  const { state, progress, error } = job;
  return (
    <div className={classes.job} aria-live="polite">
      <Badge tone={TONES[state]}>{JOB_STATE_LABELS[state]}</Badge>
      {state === "running" && (
        <ProgressBar label={label} done={progress.done} total={progress.total ?? null} />
      )}
      {(state === "running" || state === "queued") && progress.message !== "" && (
        <span className="quiet">{progress.message}</span>
      )}
      {/* Of a running job it is what ended the attempt before. */}
      {error !== "" && state !== "running" && <span>{error}</span>}
    </div>
  );
}
