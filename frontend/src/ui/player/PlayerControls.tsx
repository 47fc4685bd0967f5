import { ActionIcon, NativeSelect } from "@mantine/core";
import { useSyncExternalStore } from "react";

import type { Command } from "@/core/commands";
import type { FaceView } from "@/core/faceView";
import { type FrameClock, RATES } from "@/core/frameClock";
import { Icon } from "@/ui/Icon";
import classes from "@/ui/player/Player.module.css";
import { useClockPart } from "@/ui/player/useClockPart";
import { CommandButton } from "@/ui/work/CommandButton";

interface Props {
  clock: FrameClock;
  commands: readonly Command[];
  /** Null where no faces are known. */
  faceView: FaceView | null;
  /** Null where the project keeps sound off. */
  sound: { isMuted: boolean; onToggle: () => void } | null;
}

export function PlayerControls({ clock, commands, faceView, sound }: Props) {
  const isPlaying = useClockPart(clock, "isPlaying");
  const isLooping = useClockPart(clock, "isLooping");
  const hasRange = useClockPart(clock, "hasRange");
  const range = useClockPart(clock, "range");
  const rate = useClockPart(clock, "rate");
  return (
    <div className={classes.controls} role="toolbar" aria-label="Playing">
      <CommandButton commands={commands} id="skipBack" icon="skipBack" />
      <CommandButton commands={commands} id="previousFrame" icon="previousFrame" />
      <CommandButton commands={commands} id="togglePlay" icon={isPlaying ? "pause" : "play"} />
      <CommandButton commands={commands} id="nextFrame" icon="nextFrame" />
      <CommandButton commands={commands} id="skipForward" icon="skipForward" />
      <NativeSelect
        size="xs"
        aria-label="Speed"
        value={String(rate)}
        data={RATES.map((each) => ({ value: String(each), label: `${each}×` }))}
        onChange={(event) => clock.setRate(Number(event.currentTarget.value))}
      />
      <CommandButton commands={commands} id="toggleLoop" icon="loop" isPressed={isLooping} />
      <CommandButton commands={commands} id="rangeStart" icon="rangeStart" />
      <CommandButton commands={commands} id="rangeEnd" icon="rangeEnd" />
      {hasRange && (
        <>
          <span className="figures quiet">
            {range[0]}–{range[1] - 1}
          </span>
          <CommandButton commands={commands} id="clearRange" icon="clear" />
        </>
      )}
      {faceView !== null && <FaceControls commands={commands} faceView={faceView} />}
      {sound !== null && (
        <ActionIcon
          size="lg"
          aria-label={sound.isMuted ? "Sound on" : "Sound off"}
          title={sound.isMuted ? "Sound on" : "Sound off"}
          onClick={sound.onToggle}
        >
          <Icon name={sound.isMuted ? "muted" : "sound"} />
        </ActionIcon>
      )}
    </div>
  );
}

function FaceControls({
  commands,
  faceView,
}: {
  commands: readonly Command[];
  faceView: FaceView;
}) {
  const { areBoxesShown, isZoomed } = useSyncExternalStore(faceView.subscribe, faceView.current);
  return (
    <>
      <CommandButton
        commands={commands}
        id="toggleFaceBoxes"
        icon="face"
        isPressed={areBoxesShown}
      />
      <CommandButton
        commands={commands}
        id={isZoomed ? "resetZoom" : "zoomToFace"}
        icon="zoom"
        isPressed={isZoomed}
      />
    </>
  );
}
