import { queryOptions } from "@tanstack/react-query";

import { get, post, send } from "@/api/http";
import { pollWhile } from "@/api/jobs";
import { getRows, pagesQuery } from "@/api/pages";
import type { components } from "@/api/schema";
import type { Clip, ClipDetail } from "@/api/types";
import type { CaptionDocument } from "@/core/captionDocument";
import type { Stage } from "@/core/stages";

export const CLIP_ORDERS = ["newest", "oldest", "name"] as const;

export interface ClipFilters {
  stage?: Stage | undefined;
  source?: number | undefined;
  emotion?: string | undefined;
  search?: string | undefined;
  order?: (typeof CLIP_ORDERS)[number] | undefined;
}

export type ClipEvent = components["schemas"]["ClipEvent"];

export type ClipDraft = Omit<components["schemas"]["ClipDraft"], "document" | "version"> & {
  document: CaptionDocument | null;
  /** The uid of its model version; null for one that came with its clip. */
  version: string | null;
};

/** One of the places on a clip; without the name while the reader works in the project too. */
export type ClipSlot = components["schemas"]["ClipSlot"];

export type ApprovedCaption = components["schemas"]["ApprovedCaption"];

/** What was made of a clip's caption, and is not undone by a withdrawal. */
export type ClipUses = components["schemas"]["Uses"];

export const clipsQuery = (projectId: number, filters: ClipFilters) =>
  pagesQuery<Clip>(
    ["projects", projectId, "clips", filters],
    `/api/v1/projects/${projectId}/clips`,
    {
      ...filters,
    },
  );

const clipPath = (clipId: number) => `/api/v1/clips/${clipId}`;

export const clipQuery = (clipId: number) =>
  queryOptions({
    queryKey: ["clips", clipId],
    queryFn: ({ signal }) => get<ClipDetail>(clipPath(clipId), undefined, signal),
  });

export const clipEventsQuery = (clipId: number) =>
  pagesQuery<ClipEvent>(["clips", clipId, "events"], `${clipPath(clipId)}/events`);

export const clipDraftsQuery = (clipId: number) =>
  queryOptions({
    queryKey: ["clips", clipId, "drafts"],
    queryFn: ({ signal }) => getRows<ClipDraft>(`${clipPath(clipId)}/drafts`, signal),
    refetchInterval: ({ state }) =>
      pollWhile(state.data?.some(({ status }) => status === "requested") ?? false),
  });

export const clipSlotsQuery = (clipId: number) =>
  queryOptions({
    queryKey: ["clips", clipId, "slots"],
    queryFn: ({ signal }) => getRows<ClipSlot>(`${clipPath(clipId)}/slots`, signal),
  });

export const approvedCaptionQuery = (clipId: number) =>
  queryOptions({
    queryKey: ["clips", clipId, "approved-caption"],
    queryFn: ({ signal }) =>
      get<ApprovedCaption>(`${clipPath(clipId)}/approved-caption`, undefined, signal),
  });

export const clipUsesQuery = (clipId: number) =>
  queryOptions({
    queryKey: ["clips", clipId, "uses"],
    queryFn: ({ signal }) => get<ClipUses>(`${clipPath(clipId)}/uses`, undefined, signal),
  });

export const rejectClip = (clipId: number, why: { reason: string; note: string }) =>
  post<unknown>(`${clipPath(clipId)}/reject`, why);

export const restoreClip = (clipId: number, note: string) =>
  post<ClipDetail>(`${clipPath(clipId)}/restore`, { note });

export const withdrawClip = (clipId: number, reason: string) =>
  post<ClipUses>(`${clipPath(clipId)}/withdraw`, { reason });

export const reopenClip = (clipId: number, reason: string) =>
  post<unknown>(`${clipPath(clipId)}/reopen`, { reason });

export const addSlots = (clipId: number, count: number) =>
  post<unknown>(`${clipPath(clipId)}/slots`, { count });

export const freeSlot = (clipId: number, slot: number) =>
  post<unknown>(`${clipPath(clipId)}/slots/${slot}/free`);

export async function setPriority(clipId: number, priority: number): Promise<void> {
  await send("PATCH", clipPath(clipId), { body: { priority } });
}
