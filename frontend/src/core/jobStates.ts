export const JOB_STATES = ["queued", "running", "done", "cancelled", "dead"] as const;

export type JobState = (typeof JOB_STATES)[number];

export const JOB_STATE_LABELS: Readonly<Record<JobState, string>> = {
  queued: "Waiting",
  running: "Running",
  done: "Done",
  cancelled: "Cancelled",
  dead: "Failed",
};
