import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { versionQuery } from "@/api/datasets";
import { type EvaluationDetail, evaluationQuery } from "@/api/evaluations";
import { sayMoney } from "@/core/money";
import { ClipBrowser } from "./ClipBrowser";
import { EndOrRepeat } from "./EndOrRepeat";
import type { EvaluationView } from "./evaluationView";
import { METRIC_LABELS, metricsIn, sayInterval, sayNumber } from "./metricLabels";
import { Slices } from "./Slices";
import { SPLIT_LABELS } from "./splitLabels";
import { Card } from "@/ui/Card";
import { Facts } from "@/ui/Facts";
import { JobProgress } from "@/ui/JobProgress";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { Time } from "@/ui/Time";
import { useProjectOfPage } from "@/ui/useProjectOfPage";

interface Props {
  evaluationUid: string;
  view: EvaluationView;
  onView: (view: EvaluationView) => void;
}

/** One row of a leaderboard: where its numbers come from, down to the single clip. */
export default function EvaluationPage({ evaluationUid, view, onView }: Props) {
  const { data: evaluation } = useSuspenseQuery(evaluationQuery(evaluationUid));
  const { data: version } = useSuspenseQuery(versionQuery(evaluation.version));
  const projectId = version.project_id;
  useProjectOfPage(projectId);
  const { subject, number, split, job, status } = evaluation;
  return (
    <Page
      title={subject.name}
      description={`Scored on version ${number}, ${SPLIT_LABELS[split].toLowerCase()} split.`}
      width="wide"
      actions={
        <Link
          to="/projects/$projectId/leaderboard"
          params={{ projectId }}
          search={{ version: evaluation.version, split, judge: evaluation.judge?.uid }}
        >
          The whole table
        </Link>
      }
    >
      {evaluation.warnings.map((warning) => (
        <Notice key={warning} tone="warning">
          {warning}
        </Notice>
      ))}
      {status !== "done" && job !== null && (
        <Card title="Not done yet">
          <JobProgress label={`Evaluation of ${subject.name}`} job={job} />
          <EndOrRepeat job={job} />
        </Card>
      )}
      <HowItWasMade evaluation={evaluation} />
      {status === "done" && (
        <>
          <Slices evaluation={evaluation} />
          <ClipBrowser projectId={projectId} evaluation={evaluation} view={view} onView={onView} />
        </>
      )}
    </Page>
  );
}

function HowItWasMade({ evaluation }: { evaluation: EvaluationDetail }) {
  const spent = Number(evaluation.price) + Number(evaluation.predicted_for ?? 0);
  const scores = metricsIn(Object.keys(evaluation.scores)).flatMap((metric) => {
    const score = evaluation.scores[metric];
    return score === undefined
      ? []
      : [
          {
            name: METRIC_LABELS[metric],
            value: `${sayNumber(score.value)} (${sayInterval(score)})`,
          },
        ];
  });
  return (
    <Card title="Its numbers, and how they were made">
      <Facts
        facts={[
          ...scores,
          { name: "Clips", value: evaluation.clips },
          { name: "Unjudged", value: evaluation.unjudged > 0 ? evaluation.unjudged : "" },
          {
            name: "Without a text",
            value: (evaluation.failed ?? 0) > 0 ? `${evaluation.failed ?? 0}, scored as empty` : "",
          },
          { name: "Judge", value: evaluation.judge_name },
          { name: "Texts", value: evaluation.rewrites ? "Rewritten before they were judged" : "" },
          { name: "Versions", value: Object.values(evaluation.metrics).join("; ") },
          { name: "Set", value: <span className="figures">{evaluation.set_digest}</span> },
          { name: "Cost", value: spent > 0 ? sayMoney(spent) : "" },
          { name: "Asked for", value: <Time at={evaluation.created_at} /> },
          { name: "By", value: evaluation.created_by_name },
        ]}
      />
    </Card>
  );
}
