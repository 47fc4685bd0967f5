import { queryOptions } from "@tanstack/react-query";

import { get, post, send } from "@/api/http";
import type { components } from "@/api/schema";
import type { Draft, Lease, WithCaption } from "@/api/types";

type Schemas = components["schemas"];

export type ReviewedAnnotation = WithCaption<Schemas["LabelledAnnotation"]>;
export type Consolidation = WithCaption<
  Omit<Schemas["ConsolidationAnswer"], "annotations" | "drafts">
> & { annotations: ReviewedAnnotation[]; drafts: Draft[] };
export type Finished = Schemas["Finished"];
export type Verdict = Schemas["VerdictsBody"]["verdicts"][string];

const pathOf = (id: number) => `/api/v1/consolidations/${id}`;

export const consolidationTextPath = (id: number) => `${pathOf(id)}/working-text`;

export const consolidationQuery = (id: number) =>
  queryOptions({
    queryKey: ["consolidations", id],
    queryFn: ({ signal }) => get<Consolidation>(pathOf(id), undefined, signal),
    // The page owns the text from the moment it is read; a stored copy would bring old text back.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });

export function extendConsolidation(id: number): Promise<Lease> {
  return post(`${pathOf(id)}/heartbeat`);
}

export function returnAnnotation(
  id: number,
  what: { annotation: string; reason: string; sentences: readonly string[] },
): Promise<unknown> {
  return post(`${pathOf(id)}/return`, what);
}

export function rejectConsolidated(
  id: number,
  why: { reason: string; note: string },
): Promise<Finished> {
  return post(`${pathOf(id)}/reject`, why);
}

export function finishConsolidation(
  id: number,
  revision: number,
  verdicts: Readonly<Record<string, Verdict>>,
): Promise<Finished> {
  return send<Finished>("POST", `${pathOf(id)}/finish`, { body: { verdicts }, revision }).then(
    ({ data }) => data,
  );
}
