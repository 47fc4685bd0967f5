import { Link } from "@tanstack/react-router";

import type { ModelVersion } from "@/api/modelVersions";

/** The run that a version is the result of, and how far that had come. */
export function TrainedBy({ training_run: run, stopped_at_step: step }: ModelVersion) {
  if (run === null) return null;
  return (
    <span className="quiet">
      <Link to="/training-runs/$runUid" params={{ runUid: run.uid }}>
        Run {run.number}
      </Link>
      {step !== null && `, ended at step ${step} of ${run.steps}`}
    </span>
  );
}
