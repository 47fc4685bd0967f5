import type { Evaluation } from "@/api/evaluations";
import classes from "./leaderboard.module.css";
import { SPLIT_LABELS } from "./splitLabels";
import { Card } from "@/ui/Card";
import { EndOrRepeat } from "./EndOrRepeat";
import { JobProgress } from "@/ui/JobProgress";

const STEPS: Readonly<Record<Evaluation["status"], string>> = {
  predicting: "Texts are made",
  scoring: "Texts are scored",
  done: "Done",
  cancelled: "Cancelled",
  dead: "Failed",
};

/** Evaluations that are not done: how far they are, for how long still, and how to end them. */
export function UnderWay({ evaluations }: { evaluations: readonly Evaluation[] }) {
  const shown = evaluations.filter(({ status }) => status !== "done" && status !== "cancelled");
  if (shown.length === 0) return null;
  return (
    <Card title="Under way">
      <ul className={classes.underWay}>
        {shown.map(({ uid, subject, number, split, status, judge_name, job }) => (
          <li key={uid}>
            <span>
              <strong>{subject.name}</strong>{" "}
              <span className="quiet">
                version {number}, {SPLIT_LABELS[split].toLowerCase()},{" "}
                {judge_name || "offline judge"}: {STEPS[status]}
              </span>
            </span>
            {job !== null && (
              <>
                <JobProgress label={`Evaluation of ${subject.name}`} job={job} />
                <EndOrRepeat job={job} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
