import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { frameTableQuery } from "@/api/timestamps";
import { useClipFaces } from "@/api/clipFaces";
import { useHasRole } from "@/api/roles";
import type { ClipDetail } from "@/api/types";
import { bindCommands } from "@/core/commands";
import type { FrameTable } from "@/core/frameTable";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { FacesPanel } from "@/ui/faces/FacesPanel";
import { Loading } from "@/ui/Loading";
import { Player } from "@/ui/player/Player";
import { playerHandlers } from "@/ui/player/playerCommands";
import { usePlayer } from "@/ui/player/usePlayer";
import { ShortcutSheet } from "@/ui/work/ShortcutSheet";
import { useCommands } from "@/ui/work/useCommands";
import classes from "./clips.module.css";

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

/** The video with the keys it has in the workspace. */
function PlayableClip({ clip, isSoundAllowed, table }: Props & { table: FrameTable }) {
  const driver = usePlayer(table);
  const canChoose = useHasRole(clip.project_id, "lead", "reviewer");
  const found = useClipFaces(clip.id);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [commands] = useState(() =>
    bindCommands({
      ...playerHandlers(driver),
      help: { run: () => setIsHelpOpen(true) },
    }),
  );
  useCommands(commands);
  return (
    <div className={classes.video}>
      <Player
        driver={driver}
        mediaUrl={clip.media_url}
        posterUrl={clip.poster_url}
        frameUrlTemplate={clip.frame_url_template}
        width={clip.width}
        height={clip.height}
        isSoundAllowed={isSoundAllowed}
        faces={found.faces}
      />
      <FacesPanel
        found={found}
        clock={driver.clock}
        frameUrlTemplate={clip.frame_url_template}
        canChoose={canChoose}
        isOpen
      />
      <Button variant="subtle" size="compact-sm" onClick={() => setIsHelpOpen(true)}>
        Keyboard shortcuts (?)
      </Button>
      <ShortcutSheet commands={commands} isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />
    </div>
  );
}
