import { queryOptions } from "@tanstack/react-query";

import type { Finished, ReviewedAnnotation } from "@/api/consolidations";
import { get, post, send } from "@/api/http";
import { pollWhile } from "@/api/jobs";
import type { components } from "@/api/schema";
import type { Draft, Lease, WithCaption } from "@/api/types";
import type { CaptionDocument } from "@/core/captionDocument";

type Schemas = components["schemas"];

type Answer = Schemas["CrossValidationAnswer"];
type Typed = "annotations" | "drafts" | "first_result" | "blind_document" | "second";

export type SentenceMark = Schemas["SentenceMark"];
export type Mark = SentenceMark["mark"];
export type CrossValidation = WithCaption<Omit<Answer, Typed>> & {
  annotations: ReviewedAnnotation[];
  drafts: Draft[];
  first_result: { document: CaptionDocument } | null;
  blind_document: CaptionDocument | null;
  second: WithCaption<Schemas["SecondOpinion"]> | null;
};

const pathOf = (id: number) => `/api/v1/cross-validations/${id}`;

export const crossValidationTextPath = (id: number) => `${pathOf(id)}/working-text`;

export const crossValidationQuery = (id: number) =>
  queryOptions({
    queryKey: ["cross-validations", id],
    queryFn: ({ signal }) => get<CrossValidation>(pathOf(id), undefined, signal),
    // The page owns the text from the moment it is read; a stored copy would bring old text back.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });

const MOST_LOOKS = 30;

/** A worker compares the two results right after they are uncovered; without one nothing comes. */
export const blindAgreementQuery = (id: number) =>
  queryOptions({
    queryKey: ["blind-agreement", id],
    queryFn: ({ signal }) =>
      get<CrossValidation>(pathOf(id), undefined, signal).then(({ agreement }) => agreement),
    refetchInterval: ({ state }) =>
      pollWhile(state.data === null && state.dataUpdateCount < MOST_LOOKS),
  });

export function extendCrossValidation(id: number): Promise<Lease> {
  return post(`${pathOf(id)}/heartbeat`);
}

export async function saveMarks(id: number, marks: readonly SentenceMark[]): Promise<void> {
  await send("PUT", `${pathOf(id)}/marks`, { body: { marks } });
}

/** What ends a step: these need the revision that was read, and change nothing else. */
export function endStep<T = Finished>(
  id: number,
  step: "reveal" | "agree" | "settle",
  revision: number,
): Promise<T> {
  return send<T>("POST", `${pathOf(id)}/${step}`, { body: {}, revision }).then(({ data }) => data);
}

export function sayWhy(
  id: number,
  step: "dispute" | "send-back",
  reason: string,
): Promise<Finished> {
  return post(`${pathOf(id)}/${step}`, { reason });
}

export function rejectCrossValidated(
  id: number,
  why: { reason: string; note: string },
): Promise<Finished> {
  return post(`${pathOf(id)}/reject`, why);
}
