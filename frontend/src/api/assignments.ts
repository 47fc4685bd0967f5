import { queryOptions } from "@tanstack/react-query";

import { get, post, send } from "@/api/http";
import type { ProblemBody } from "@/api/problem";
import type { Assignment, Lease, Next, SubmitAnswer } from "@/api/types";
import type { CaptionDocument } from "@/core/captionDocument";

export const UNUSABLE_REASONS = {
  static: "Nothing moves in the face",
  violent: "Violent content",
  perspective_switches: "The view switches too often",
  no_face: "No face can be seen",
  too_many_people: "Too many people",
  bad_picture: "The picture is too bad",
  knows_person: "I know this person",
  other: "Something else",
} as const;

export type UnusableReason = keyof typeof UNUSABLE_REASONS;

export const assignmentQuery = (id: number) =>
  queryOptions({
    queryKey: ["assignments", id],
    queryFn: ({ signal }) => get<Assignment>(`/api/v1/assignments/${id}`, undefined, signal),
    // The page owns the text from the moment it is read; a stored copy would bring old text back.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });

export function submitAssignment(
  id: number,
  revision: number,
  answer: string,
): Promise<SubmitAnswer> {
  return send<SubmitAnswer>("POST", `/api/v1/assignments/${id}/submit`, {
    body: { answer: answer.trim() },
    revision,
  }).then(({ data }) => data);
}

export function leaveAssignment(
  id: number,
  way: "skip" | "reject",
  reason: UnusableReason,
  note: string,
): Promise<Next> {
  return post(`/api/v1/assignments/${id}/${way}`, { reason, note });
}

export function extendLease(id: number): Promise<Lease> {
  return post(`/api/v1/assignments/${id}/heartbeat`);
}

/** Takes one's own submission back, until a reviewer has it. */
export function undoSubmission(id: number): Promise<Assignment> {
  return post(`/api/v1/assignments/${id}/undo`);
}

/** Asks for a slot back whose lease was lost. */
export function reclaimAssignment(id: number): Promise<Assignment> {
  return post(`/api/v1/assignments/${id}/reclaim`);
}

/** The document the server holds, out of a conflict. */
export function readTheirCaption(body: ProblemBody): CaptionDocument {
  return body.document as CaptionDocument;
}
