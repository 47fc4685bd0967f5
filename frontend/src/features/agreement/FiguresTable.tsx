import type { ReactNode } from "react";

import type { AgreementFigures } from "@/api/agreement";
import {
  isFew,
  type Measure,
  MEASURE_LABELS,
  MEASURE_NOTES,
  MEASURES,
  numberOf,
  sayClips,
  sayInterval,
  sayNumber,
} from "./measures";
import { type Column, DataTable } from "@/ui/DataTable";
import { Whisker } from "@/ui/Whisker";

interface Props {
  caption: string;
  figures: AgreementFigures;
}

/** All measures of the same clips below each other, each with its interval. */
export function FiguresTable({ caption, figures }: Props) {
  const few = isFew(figures);
  const columns: readonly Column<Measure>[] = [
    {
      key: "measure",
      header: "Measure",
      cell: (measure) => (
        <>
          <div>{MEASURE_LABELS[measure]}</div>
          <small className="quiet">{MEASURE_NOTES[measure]}</small>
        </>
      ),
    },
    {
      key: "value",
      header: "Value",
      numeric: true,
      cell: (measure) => told(figures, measure, ({ value }) => sayNumber(value)),
    },
    {
      key: "plot",
      header: "0 to 1",
      cell: (measure) => told(figures, measure, (number) => <Whisker {...number} isFew={few} />),
    },
    {
      key: "interval",
      header: "95 % interval",
      numeric: true,
      cell: (measure) => told(figures, measure, sayInterval),
    },
    { key: "clips", header: "Of", numeric: true, cell: () => sayClips(figures.clips) },
  ];
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={MEASURES}
      rowKey={(measure) => measure}
      empty=""
    />
  );
}

function told(
  figures: AgreementFigures,
  measure: Measure,
  say: (number: NonNullable<ReturnType<typeof numberOf>>) => ReactNode,
): ReactNode {
  const number = numberOf(figures, measure);
  return number === null ? "–" : say(number);
}
