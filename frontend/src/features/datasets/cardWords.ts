import type { CardContent, CardSummary } from "@/api/datasets";
import { SOURCE_KIND_LABELS } from "./datasetLabels";

export type Scope = CardContent["scopes"][number];

export function sayScope({ by, name }: Pick<Scope, "by" | "name">): string {
  if (by === "all") return "All captions";
  if (by === "source") return name;
  return name === "existing" || name === "collected" ? SOURCE_KIND_LABELS[name] : name;
}

export const sayFigure = (value: number) => value.toFixed(2);

export const sayMean = ({ mean, spread }: CardSummary) =>
  `${sayFigure(mean)} ± ${sayFigure(spread)}`;
