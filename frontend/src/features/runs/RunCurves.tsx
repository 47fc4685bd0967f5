import { Switch } from "@mantine/core";
import { useState } from "react";

import type { MetricPoint } from "@/api/runs";
import { CurvePlot } from "./CurvePlot";
import { curveOf } from "./curves";
import classes from "./runs.module.css";
import { Card } from "@/ui/Card";

const MEASURES = [
  { measure: "learning_rate", title: "Learning rate" },
  { measure: "samples_per_s", title: "Clips a second" },
  { measure: "grad_norm", title: "Length of the gradient" },
  { measure: "peak_memory_gib", title: "Peak memory in GiB" },
] as const;

interface Props {
  points: readonly MetricPoint[];
  /** The run that this one is a clone of. */
  former: { number: number; points: readonly MetricPoint[] } | null;
}

/** How the loss fell, at which rate it was learnt and how fast. */
export function RunCurves({ points, former }: Props) {
  const [isLogarithmic, setIsLogarithmic] = useState(false);
  const measured = MEASURES.map(({ measure, title }) => ({
    title,
    curve: curveOf(points, measure),
  })).filter(({ curve }) => curve.length > 0);
  const lastStep = curveOf(points, "loss").at(-1)?.step ?? 0;
  const formerLoss = curveOf(former?.points ?? [], "loss").filter(({ step }) => step <= lastStep);
  return (
    <>
      <Card
        title="Loss"
        aside={
          <Switch
            label="Logarithmic"
            checked={isLogarithmic}
            onChange={({ currentTarget: { checked } }) => setIsLogarithmic(checked)}
          />
        }
      >
        <CurvePlot
          label="Loss"
          isLogarithmic={isLogarithmic}
          isWide
          curves={[
            { name: "Train", mark: "line", points: curveOf(points, "loss") },
            { name: "Validation", mark: "dots", points: curveOf(points, "validation_loss") },
            ...(former === null
              ? []
              : [{ name: `Run ${former.number}`, mark: "faint" as const, points: formerLoss }]),
          ]}
        />
      </Card>
      {measured.length > 0 && (
        <div className={classes.pair}>
          {measured.map(({ title, curve }) => (
            <Card key={title} title={title}>
              <CurvePlot label={title} curves={[{ name: title, mark: "line", points: curve }]} />
            </Card>
          ))}
        </div>
      )}
    </>
  );
}
