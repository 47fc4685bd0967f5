import type { Job } from "@/api/jobs";

/** A job that runs and can be cancelled. */
export function makeJob(fields: Partial<Job> = {}): Job {
  return {
    uid: "j1",
    kind: "annotation.tasks.run_import",
    state: "running",
    progress: { done: 1, total: 2, message: "" },
    attempts: 1,
    max_attempts: 3,
    error: "",
    created_at: "2026-05-01T10:00:00Z",
    ended_at: null,
    can_cancel: true,
    can_retry: false,
    ...fields,
  };
}
