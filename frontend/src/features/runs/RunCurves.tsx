import { Switch } from "@mantine/core";
import { useState } from "react";

import type { MetricPoint } from "@/api/runs";
import { CurvePlot } from "./CurvePlot";
import { curveOf } from "./curves";
import classes from "./runs.module.css";
import { Card } from "@/ui/Card";

/** How the loss fell, at which rate it was learnt and how fast. */
export function RunCurves({ points }: { points: readonly MetricPoint[] }) {
  const [isLogarithmic, setIsLogarithmic] = useState(false);
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
          curves={[
            { name: "Train", mark: "line", points: curveOf(points, "loss") },
            { name: "Validation", mark: "dots", points: curveOf(points, "validation_loss") },
          ]}
        />
      </Card>
      <div className={classes.pair}>
        <Measure title="Learning rate" measure="learning_rate" points={points} />
        <Measure title="Clips a second" measure="samples_per_s" points={points} />
      </div>
      <div className={classes.pair}>
        <Measure title="Length of the gradient" measure="grad_norm" points={points} />
        <Measure title="Peak memory in GiB" measure="peak_memory_gib" points={points} />
      </div>
    </>
  );
}

interface MeasureProps {
  title: string;
  measure: string;
  points: readonly MetricPoint[];
}

function Measure({ title, measure, points }: MeasureProps) {
  const curve = curveOf(points, measure);
  if (curve.length === 0) return null;
  return (
    <Card title={title}>
      <CurvePlot label={title} curves={[{ name: title, mark: "line", points: curve }]} />
    </Card>
  );
}
