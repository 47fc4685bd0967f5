import { SegmentedControl } from "@mantine/core";
import { useState } from "react";

import type { EvaluationDetail, Metric, Slice } from "@/api/evaluations";
import classes from "./evaluation.module.css";
import {
  endOf,
  FEW,
  METRIC_LABELS,
  metricsIn,
  readMetric,
  sayClips,
  sayInterval,
  sayNumber,
} from "./metricLabels";
import { Card } from "@/ui/Card";
import { Whisker } from "@/ui/Whisker";

const TITLES: Readonly<Record<string, string>> = {
  source: "Source",
  source_kind: "Kind of source",
  emotion: "Emotion",
  length: "Length",
  phase: "Phase told",
  faces: "Faces in the clip",
  prominence: "Main faces",
};

/** The same number for some of the clips, in small plots of one scale. */
export function Slices({ evaluation }: { evaluation: EvaluationDetail }) {
  const metrics = metricsIn(Object.keys(evaluation.scores));
  const [chosen, setChosen] = useState<Metric | undefined>(undefined);
  const metric = chosen ?? (metrics.includes("tem") ? "tem" : metrics[0]);
  if (metric === undefined || evaluation.slices.length === 0) return null;
  const groups = [...new Set(evaluation.slices.map(({ by }) => by))];
  return (
    <Card
      title="By kinds of clips"
      aside={
        <SegmentedControl
          aria-label="Metric of the plots"
          size="xs"
          value={metric}
          data={metrics.map((known) => ({ value: known, label: METRIC_LABELS[known] }))}
          onChange={(value) => setChosen(readMetric(value))}
        />
      }
    >
      <div className={classes.slices}>
        {groups.map((by) => (
          <Group
            key={by}
            title={TITLES[by] ?? by}
            slices={evaluation.slices.filter((slice) => slice.by === by)}
            metric={metric}
            end={endOf(metric, [evaluation])}
            whole={evaluation.scores[metric]?.value}
          />
        ))}
      </div>
      <p className="quiet">
        The dashed line is the number over all clips. Empty dots are of fewer than {FEW} clips and
        say little.
      </p>
    </Card>
  );
}

interface GroupProps {
  title: string;
  slices: readonly Slice[];
  metric: Metric;
  end: number;
  whole: number | undefined;
}

function Group({ title, slices, metric, end, whole }: GroupProps) {
  return (
    <section className={classes.slice} aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {slices.map(({ value, clips, scores }) => {
          const score = scores[metric];
          return (
            <li key={value}>
              <span>
                {value.replaceAll("_", " ")} <small className="quiet">{sayClips(clips)}</small>
              </span>
              {score === undefined ? (
                <span className="quiet">–</span>
              ) : (
                <>
                  <Whisker {...score} to={end} isFew={clips < FEW} line={whole} />
                  <span className="figures">
                    {sayNumber(score.value)} <small className="quiet">{sayInterval(score)}</small>
                  </span>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
