import { type KeyboardEvent, type PointerEvent, useState } from "react";

import { type Point, pointAt, sayFigure, scaleOf } from "./curves";
import classes from "./runs.module.css";

export interface Curve {
  name: string;
  /** Drawn in this way; colour is never the only sign. */
  mark: "line" | "dots" | "faint";
  points: readonly Point[];
}

interface Props {
  label: string;
  curves: readonly Curve[];
  isLogarithmic?: boolean;
  /** Across the page: the letters stay as large as in a plot of half its width. */
  isWide?: boolean;
}

const NORMAL = 640;
const WIDE = 1280;
const HEIGHT = 220;
const LEFT = 56;
const BOTTOM = 24;
const TOP = 8;
const RIGHT = 8;
const KEYS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** Curves over the steps. The pointer, or the arrow keys, read off a step's figures. */
export function CurvePlot({ label, curves, isLogarithmic = false, isWide = false }: Props) {
  const width = isWide ? WIDE : NORMAL;
  const drawn = curves.filter(({ points }) => points.length > 0);
  const steps = [...new Set(drawn.flatMap(({ points }) => points.map(({ step }) => step)))].sort(
    (one, other) => one - other,
  );
  const [read, setRead] = useState<number | null>(null);
  const last = steps.at(-1);
  if (last === undefined) return <p className="quiet">Nothing was measured yet.</p>;
  const { place, ticks } = scaleOf(
    drawn.flatMap(({ points }) => points.map(({ value }) => value)),
    isLogarithmic,
  );
  const x = (step: number) => LEFT + (step / last) * (width - LEFT - RIGHT);
  const y = (value: number) => TOP + (1 - place(value)) * (HEIGHT - TOP - BOTTOM);
  const shown = read ?? last;

  const readPointer = ({ currentTarget, clientX }: PointerEvent<SVGSVGElement>) => {
    const box = currentTarget.getBoundingClientRect();
    const at = ((clientX - box.left) / box.width) * width;
    const step = ((at - LEFT) / (width - LEFT - RIGHT)) * last;
    setRead(steps.findLast((known) => known <= Math.max(step, steps[0] ?? 0)) ?? null);
  };
  const readKey = (event: KeyboardEvent) => {
    const way = KEYS[event.key];
    if (way === undefined) return;
    event.preventDefault();
    setRead(steps[Math.min(steps.length - 1, Math.max(0, steps.indexOf(shown) + way))] ?? null);
  };

  return (
    <figure className={classes.plot} aria-label={label}>
      <div
        role="slider"
        tabIndex={0}
        aria-label={`Step of ${label}`}
        aria-valuemin={steps[0] ?? 0}
        aria-valuemax={last}
        aria-valuenow={shown}
        aria-valuetext={sayStep(drawn, shown)}
        onKeyDown={readKey}
      >
        <svg
          viewBox={`0 0 ${width} ${HEIGHT}`}
          aria-hidden="true"
          onPointerMove={readPointer}
          onPointerLeave={() => setRead(null)}
        >
          {ticks.map((tick) => (
            <g key={tick} className={classes.tick}>
              <line x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
              <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
                {sayFigure(tick)}
              </text>
            </g>
          ))}
          <text className={classes.axis} x={LEFT} y={HEIGHT - 6}>
            step 0
          </text>
          <text className={classes.axis} x={width - RIGHT} y={HEIGHT - 6} textAnchor="end">
            {last}
          </text>
          {drawn.map(({ name, mark, points }) => (
            <g key={name} className={classes.curve} data-mark={mark}>
              <polyline points={points.map((p) => `${x(p.step)},${y(p.value)}`).join(" ")} />
              {(mark === "dots" || points.length === 1) &&
                points.map((p) => <circle key={p.step} cx={x(p.step)} cy={y(p.value)} r={3.5} />)}
            </g>
          ))}
          {read !== null && (
            <line
              className={classes.reading}
              x1={x(read)}
              x2={x(read)}
              y1={TOP}
              y2={HEIGHT - BOTTOM}
            />
          )}
        </svg>
      </div>
      <figcaption>
        <span>Step {shown}</span>
        {drawn.map(({ name, mark, points }) => (
          <span key={name} className={classes.legend} data-mark={mark}>
            {name} <span className="figures">{sayAt(points, shown)}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function sayAt(points: readonly Point[], step: number): string {
  const found = pointAt(points, step);
  return found === undefined ? "–" : sayFigure(found.value);
}

function sayStep(curves: readonly Curve[], step: number): string {
  const told = curves.map(({ name, points }) => `${name} ${sayAt(points, step)}`);
  return `Step ${step}: ${told.join(", ")}`;
}
