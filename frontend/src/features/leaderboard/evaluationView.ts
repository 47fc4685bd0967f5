import { CLIP_ORDERS, type Metric } from "@/api/evaluations";
import { readMetric } from "./metricLabels";

/** Which clips are listed in which order, and which one is open, as the address holds it. */
export interface EvaluationView {
  metric?: Metric | undefined;
  against?: string | undefined;
  order?: (typeof CLIP_ORDERS)[number] | undefined;
  clip?: number | undefined;
}

export function readEvaluationView(search: Record<string, unknown>): EvaluationView {
  const clip = Number(search.clip);
  return {
    metric: readMetric(search.metric),
    against:
      typeof search.against === "string" && search.against !== "" ? search.against : undefined,
    order: CLIP_ORDERS.find((order) => order === search.order),
    clip: Number.isInteger(clip) && clip > 0 ? clip : undefined,
  };
}
