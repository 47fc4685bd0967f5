import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { clipQuery } from "@/api/clips";
import { projectQuery } from "@/api/projects";
import { frameTableQuery } from "@/api/timestamps";
import { facesQuery } from "@/api/tracks";
import type { ClipDetail } from "@/api/types";
import { bindCommands, type Command } from "@/core/commands";
import type { FrameTable } from "@/core/frameTable";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Player } from "@/ui/player/Player";
import { playerHandlers } from "@/ui/player/playerCommands";
import { usePlayer } from "@/ui/player/usePlayer";
import { ShortcutSheet } from "@/ui/work/ShortcutSheet";
import { useCommands } from "@/ui/work/useCommands";

interface Props {
  clipId: number;
  /** Until its faces are found there is nothing to ask for. */
  hasTracks: boolean;
  /** The commands of the page, for the sheet that names every key. */
  pageCommands: readonly Command[];
}

export function ScreeningPlayer({ clipId, ...others }: Props) {
  const clip = useQuery(clipQuery(clipId));
  if (clip.error !== null) return <ErrorNotice error={clip.error} />;
  if (clip.data === undefined) return <Loading label="Loading the video" />;
  return <WithFrames clip={clip.data} {...others} />;
}

type ClipProps = Omit<Props, "clipId"> & { clip: ClipDetail };

function WithFrames({ clip, ...others }: ClipProps) {
  const { data: table, error } = useQuery(frameTableQuery(clip));
  if (error !== null) return <ErrorNotice error={error} />;
  if (table === undefined) return <Loading label="Loading the video" />;
  return <Playable clip={clip} table={table} {...others} />;
}

type PlayableProps = ClipProps & { table: FrameTable };

function Playable({ clip, table, hasTracks, pageCommands }: PlayableProps) {
  const driver = usePlayer(table);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const project = useQuery(projectQuery(clip.project_id)).data;
  const found = useQuery({ ...facesQuery(clip.id), enabled: hasTracks }).data;
  const faces = typeof found === "object" ? found : null;
  const [commands] = useState(() => {
    const { togglePlay, ...others } = playerHandlers(driver);
    const help = { run: () => setIsHelpOpen(true) };
    // K keeps the clip here.
    return bindCommands({ ...others, ...(togglePlay && { playClip: togglePlay }), help });
  });
  useCommands(commands);
  return (
    <>
      <Player
        driver={driver}
        mediaUrl={clip.media_url}
        posterUrl={clip.poster_url}
        frameUrlTemplate={clip.frame_url_template}
        width={clip.width}
        height={clip.height}
        isSoundAllowed={project?.settings.sound_allowed ?? false}
        faces={faces}
      />
      <Button variant="subtle" size="compact-sm" onClick={() => setIsHelpOpen(true)}>
        Keyboard shortcuts (?)
      </Button>
      <ShortcutSheet
        commands={[...pageCommands, ...commands]}
        isOpen={isHelpOpen}
        onClose={() => setIsHelpOpen(false)}
      />
    </>
  );
}
