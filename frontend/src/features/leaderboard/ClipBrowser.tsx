import { SegmentedControl, Select } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import {
  CLIP_ORDERS,
  type ClipChoice,
  evaluatedClipQuery,
  evaluatedClipsQuery,
  type EvaluationDetail,
  leaderboardQuery,
} from "@/api/evaluations";
import { rowsOf } from "@/api/pages";
import { ClipList } from "./ClipList";
import { EvaluatedSide } from "./EvaluatedSide";
import { EvaluatedVideo } from "./EvaluatedVideo";
import classes from "./evaluation.module.css";
import type { EvaluationView } from "./evaluationView";
import { METRIC_LABELS, metricsIn, readMetric } from "./metricLabels";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";

interface Props {
  projectId: number;
  evaluation: EvaluationDetail;
  view: EvaluationView;
  onView: (view: EvaluationView) => void;
}

/** Clip by clip: where the row is worst, or behind another, and what it wrote there. */
export function ClipBrowser({ projectId, evaluation, view, onView }: Props) {
  const metrics = metricsIn(Object.keys(evaluation.scores));
  const choice: ClipChoice = {
    metric: view.metric ?? (metrics.includes("tem") ? "tem" : (metrics[0] ?? "rouge_l")),
    against: view.against ?? "",
    order: view.order ?? "worst",
  };
  const first = rowsOf(useInfiniteQuery(evaluatedClipsQuery(evaluation.uid, choice)).data)[0];
  const opened = view.clip ?? first?.clip_id;
  return (
    <Card title="Clip by clip">
      <BrowserChoice
        projectId={projectId}
        evaluation={evaluation}
        choice={choice}
        onChoice={(changed) => onView({ ...view, ...changed, clip: undefined })}
      />
      <div className={classes.browser}>
        <ClipList
          evaluationUid={evaluation.uid}
          choice={choice}
          opened={opened}
          onOpen={(clip) => onView({ ...view, clip })}
        />
        {opened !== undefined && (
          <OneClip
            key={opened}
            evaluationUid={evaluation.uid}
            clipId={opened}
            against={choice.against}
          />
        )}
      </div>
    </Card>
  );
}

interface ChoiceProps extends Pick<Props, "projectId" | "evaluation"> {
  choice: ClipChoice;
  onChoice: (changed: Partial<ClipChoice>) => void;
}

function BrowserChoice({ projectId, evaluation, choice, onChoice }: ChoiceProps) {
  const table = useQuery(
    leaderboardQuery(projectId, {
      version: evaluation.version,
      split: evaluation.split,
      judge: evaluation.judge?.uid ?? "",
      against: "",
    }),
  );
  const others = (table.data?.rows ?? []).filter((row) => row.evaluation !== evaluation.uid);
  return (
    <div className={classes.choice}>
      <Select
        label="Metric"
        allowDeselect={false}
        data={metricsIn(Object.keys(evaluation.scores)).map((metric) => ({
          value: metric,
          label: METRIC_LABELS[metric],
        }))}
        value={choice.metric}
        onChange={(chosen) => onChoice({ metric: readMetric(chosen) ?? choice.metric })}
      />
      <Select
        label="Compare with"
        placeholder="No other row"
        clearable
        data={others.map((row) => ({ value: row.evaluation, label: row.name }))}
        value={choice.against === "" ? null : choice.against}
        onChange={(chosen) => onChoice({ against: chosen ?? "" })}
      />
      <SegmentedControl
        aria-label="Order"
        value={choice.order}
        data={[
          { value: "worst", label: "Worst first" },
          { value: "best", label: "Best first" },
        ]}
        onChange={(chosen) =>
          onChoice({ order: CLIP_ORDERS.find((order) => order === chosen) ?? choice.order })
        }
      />
    </div>
  );
}

interface ClipProps {
  evaluationUid: string;
  clipId: number;
  against: string;
}

function OneClip({ evaluationUid, clipId, against }: ClipProps) {
  const { data: clip, error } = useQuery(evaluatedClipQuery(evaluationUid, clipId, against));
  if (error !== null) return <ErrorNotice error={error} />;
  if (clip === undefined) return <Loading label="Loading the texts" />;
  return (
    <div className={classes.clip}>
      <div className={classes.seen}>
        <EvaluatedVideo clipId={clipId} />
        <section aria-label="Reference">
          <h3>Reference: {clip.clip_name}</h3>
          <p className={classes.text}>{clip.reference}</p>
        </section>
      </div>
      {clip.sides.map((side) => (
        <EvaluatedSide key={side.evaluation} side={side} clip={clip} />
      ))}
    </div>
  );
}
