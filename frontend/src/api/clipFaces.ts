import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { chooseMainFaces, facesQuery, signalsQuery } from "@/api/tracks";
import type { MeasuredFaces } from "@/core/faceSignals";
import { FaceTracks } from "@/core/faceTracks";

/** What is known of the faces of a clip. */
export interface ClipFaces {
  /** Null until they are known, or where there are none. */
  faces: FaceTracks | null;
  measured: MeasuredFaces | null;
  /** Why there are none. */
  reason: string | null;
  error: Error | null;
  isChoosing: boolean;
  choose: (numbers: number[]) => void;
}

/** How soon a choice of main faces is expected to show in the curves. */
const SOON_MS = 2_000;

function missesMain(measured: MeasuredFaces, faces: FaceTracks | null): boolean {
  const known = measured.signals.map(({ track }) => track);
  return faces?.main.some(({ number }) => !known.includes(number)) ?? false;
}

export function useClipFaces(clipId: number): ClipFaces {
  const queryClient = useQueryClient();
  const tracks = useQuery(facesQuery(clipId));
  const faces = tracks.data instanceof FaceTracks ? tracks.data : null;
  const signals = useQuery({
    ...signalsQuery(clipId),
    enabled: faces !== null,
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && typeof data !== "string" && missesMain(data, faces) ? SOON_MS : false,
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: (numbers: number[]) => chooseMainFaces(clipId, numbers),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["clips", clipId] }),
  });
  return {
    faces,
    measured: typeof signals.data === "string" ? null : (signals.data ?? null),
    reason: typeof tracks.data === "string" ? tracks.data : null,
    error: tracks.error ?? error,
    isChoosing: isPending,
    choose: mutate,
  };
}
