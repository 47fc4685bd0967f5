import { useQuery } from "@tanstack/react-query";

import { frameTableQuery } from "@/api/timestamps";
import type { ClipDetail } from "@/api/types";
import type { FrameTable } from "@/core/frameTable";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Player } from "@/ui/player/Player";
import { usePlayer } from "@/ui/player/usePlayer";

interface Props {
  clip: ClipDetail;
  isSoundAllowed: boolean;
}

export function ClipPlayer({ clip, isSoundAllowed }: Props) {
  const { data: table, error } = useQuery(frameTableQuery(clip));
  if (error !== null) return <ErrorNotice error={error} />;
  if (table === undefined) return <Loading label="Loading the video" />;
  return <PlayableClip clip={clip} isSoundAllowed={isSoundAllowed} table={table} />;
}

function PlayableClip({ clip, isSoundAllowed, table }: Props & { table: FrameTable }) {
  const driver = usePlayer(table);
  return (
    <Player
      driver={driver}
      mediaUrl={clip.media_url}
      posterUrl={clip.poster_url}
      frameUrlTemplate={clip.frame_url_template}
      width={clip.width}
      height={clip.height}
      isSoundAllowed={isSoundAllowed}
    />
  );
}
