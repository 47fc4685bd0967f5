import { useQuery } from "@tanstack/react-query";

import { clipQuery } from "@/api/clips";
import { frameTableQuery } from "@/api/timestamps";
import type { ClipDetail } from "@/api/types";
import type { FrameTable } from "@/core/frameTable";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Player } from "@/ui/player/Player";
import { usePlayer } from "@/ui/player/usePlayer";

/** What the texts are about. */
export function EvaluatedVideo({ clipId }: { clipId: number }) {
  const clip = useQuery(clipQuery(clipId));
  const table = useQuery({
    ...frameTableQuery(clip.data ?? { id: clipId, timestamps_url: "" }),
    enabled: clip.data !== undefined,
  });
  const error = clip.error ?? table.error;
  if (error !== null) return <ErrorNotice error={error} />;
  if (clip.data === undefined || table.data === undefined) {
    return <Loading label="Loading the video" />;
  }
  return <Video clip={clip.data} table={table.data} />;
}

function Video({ clip, table }: { clip: ClipDetail; table: FrameTable }) {
  return (
    <Player
      driver={usePlayer(table)}
      mediaUrl={clip.media_url}
      posterUrl={clip.poster_url}
      frameUrlTemplate={clip.frame_url_template}
      width={clip.width}
      height={clip.height}
      // Texts are of what is seen.
      isSoundAllowed={false}
    />
  );
}
