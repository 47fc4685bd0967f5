import { queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/http";
import { Problem } from "@/api/problem";
import type { components } from "@/api/schema";
import { FaceTracks } from "@/core/faceTracks";

export type ClipTracks = components["schemas"]["ClipTracks"];
export type ClipSignals = components["schemas"]["ClipSignals"];

const path = (clipId: number, part: string) => `/api/v1/clips/${clipId}/${part}`;

/** A clip without tracks says why in one sentence; that is an answer here, not a failure. */
async function orReason<T>(answer: Promise<T>): Promise<T | string> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return error.message;
    throw error;
  }
}

async function readFaces(clipId: number, signal: AbortSignal): Promise<FaceTracks> {
  return new FaceTracks(await get<ClipTracks>(path(clipId, "tracks"), undefined, signal));
}

export const facesQuery = (clipId: number) =>
  queryOptions({
    queryKey: ["clips", clipId, "tracks"],
    queryFn: ({ signal }) => orReason(readFaces(clipId, signal)),
    structuralSharing: false,
  });

export const signalsQuery = (clipId: number) =>
  queryOptions({
    queryKey: ["clips", clipId, "signals"],
    // The curves of one side of the face are blendshapes.
    queryFn: ({ signal }) =>
      orReason(get<ClipSignals>(path(clipId, "signals"), { blendshapes: true }, signal)),
  });

export const chooseMainFaces = (clipId: number, tracks: readonly number[]) =>
  post<components["schemas"]["MainFaces"]>(path(clipId, "main-faces"), { tracks });
