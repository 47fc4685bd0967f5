import { queryOptions } from "@tanstack/react-query";

import { get } from "@/api/http";
import type { ClipDetail, Timestamps } from "@/api/types";
import { FrameTable } from "@/core/frameTable";

/** The clip's own clock. The frames of a clip never change. */
export const frameTableQuery = (clip: Pick<ClipDetail, "id" | "timestamps_url">) =>
  queryOptions({
    queryKey: ["clips", clip.id, "timestamps"],
    queryFn: async ({ signal }) => {
      const { seconds, duration_s } = await get<Timestamps>(clip.timestamps_url, undefined, signal);
      return new FrameTable(seconds, duration_s);
    },
    staleTime: Infinity,
    structuralSharing: false,
  });
