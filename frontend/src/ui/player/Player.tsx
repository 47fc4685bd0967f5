import { useState, useSyncExternalStore } from "react";

import { bindCommands } from "@/core/commands";
import type { FaceTracks } from "@/core/faceTracks";
import type { FrameClock } from "@/core/frameClock";
import { FaceOverlay } from "@/ui/player/FaceOverlay";
import classes from "@/ui/player/Player.module.css";
import { PlayerControls } from "@/ui/player/PlayerControls";
import { playerHandlers } from "@/ui/player/playerCommands";
import { Readout } from "@/ui/player/Readout";
import { useFaceZoom } from "@/ui/player/useFaceZoom";
import type { VideoDriver } from "@/ui/player/videoDriver";

interface Props {
  driver: VideoDriver;
  mediaUrl: string;
  posterUrl: string;
  /** Has the place `{i}` for the frame's number. */
  frameUrlTemplate: string;
  width: number;
  height: number;
  /** A project may keep sound off, because voices give emotions away. */
  isSoundAllowed: boolean;
  /** The phase that is told at a frame, for the line under the video. */
  phaseAt?: (frame: number) => string | null;
  /** Null until they are known, or where there are none. */
  faces?: FaceTracks | null;
}

export function Player(props: Props) {
  const {
    driver,
    mediaUrl,
    posterUrl,
    width,
    height,
    isSoundAllowed,
    phaseAt,
    faces = null,
  } = props;
  const { clock, attach, faceView } = driver;
  const picture = useFaceZoom(driver, faces);
  const [isMuted, setIsMuted] = useState(true);
  const [namesFrames, setNamesFrames] = useState(driver.namesFrames);
  const [commands] = useState(() => bindCommands(playerHandlers(driver)));
  return (
    <section className={classes.player} aria-label="Video">
      <div className={classes.stage}>
        <div ref={picture} className={classes.picture} style={fitted(width / height)}>
          <video
            ref={attach}
            className={classes.video}
            src={mediaUrl}
            poster={posterUrl}
            width={width}
            height={height}
            muted={isMuted || !isSoundAllowed}
            preload="auto"
            playsInline
            disablePictureInPicture
            onClick={() => clock.toggle()}
            onError={() => setNamesFrames(false)}
          />
          {!namesFrames && <ServerFrame clock={clock} frameUrlTemplate={props.frameUrlTemplate} />}
          {faces !== null && <FaceOverlay driver={driver} faces={faces} />}
        </div>
      </div>
      <FrameSlider clock={clock} />
      <PlayerControls
        clock={clock}
        commands={commands}
        faceView={faces === null || faces.record.tracks.length === 0 ? null : faceView}
        sound={isSoundAllowed ? { isMuted, onToggle: () => setIsMuted(!isMuted) } : null}
      />
      <Readout
        clock={clock}
        isExact={namesFrames}
        {...(phaseAt === undefined ? {} : { phaseAt })}
      />
    </section>
  );
}

/** Exactly as large as the video is shown, so that boxes lie where the faces are. */
function fitted(aspect: number) {
  return { aspectRatio: aspect, width: `min(100%, calc(var(--video-height) * ${aspect}))` };
}

/** Where the browser cannot name the frame on screen, the server's picture of it is shown. */
function ServerFrame({ clock, frameUrlTemplate }: { clock: FrameClock; frameUrlTemplate: string }) {
  const { frame, isPlaying } = useSyncExternalStore(clock.subscribe, clock.current);
  if (isPlaying) return null;
  const url = frameUrlTemplate.replace("{i}", String(frame));
  return <img className={classes.frame} src={url} alt={`Frame ${frame}`} />;
}

function FrameSlider({ clock }: { clock: FrameClock }) {
  const { frame } = useSyncExternalStore(clock.subscribe, clock.current);
  const { table } = clock;
  return (
    <input
      className={classes.slider}
      type="range"
      aria-label="Frame"
      aria-valuetext={`Frame ${frame}, ${table.startOf(frame).toFixed(3)} seconds`}
      min={0}
      max={table.frameCount - 1}
      value={frame}
      onChange={(event) => clock.seek(Number(event.currentTarget.value))}
    />
  );
}
