import { EVALUATED_SPLITS, type EvaluatedSplit } from "@/api/evaluations";

export const SPLIT_LABELS: Readonly<Record<"train" | EvaluatedSplit, string>> = {
  train: "Train",
  test: "Test",
  validation: "Validation",
};

export function readSplit(value: string): EvaluatedSplit {
  return EVALUATED_SPLITS.find((split) => split === value) ?? "test";
}
