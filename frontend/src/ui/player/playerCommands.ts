import type { Handlers } from "@/core/commands";
import type { VideoDriver } from "@/ui/player/videoDriver";

/** Half a second, as in the transcription tools people come from. */
const SKIP_S = 0.5;

/** What the keys and the tool bar do with the video. */
export function playerHandlers({ clock, faceView }: VideoDriver): Handlers {
  const { table } = clock;
  return {
    togglePlay: { run: () => clock.toggle() },
    skipBack: { run: () => clock.skip(-SKIP_S) },
    skipForward: { run: () => clock.skip(SKIP_S) },
    previousFrame: { run: () => clock.step(-1) },
    nextFrame: { run: () => clock.step(1) },
    fiveFramesBack: { run: () => clock.step(-5) },
    fiveFramesForward: { run: () => clock.step(5) },
    clipStart: { run: () => clock.seek(0) },
    clipEnd: { run: () => clock.seek(table.frameCount - 1) },
    slower: { run: () => clock.changeRate(-1) },
    faster: { run: () => clock.changeRate(1) },
    rangeStart: { run: () => clock.setRangeStart() },
    rangeEnd: { run: () => clock.setRangeEnd() },
    toggleLoop: { run: () => clock.setLooping(!clock.current().isLooping) },
    clearRange: { run: () => clock.clearRange() },
    toggleFaceBoxes: { run: () => faceView.toggleBoxes() },
    zoomToFace: { run: () => faceView.zoom(true) },
    resetZoom: { run: () => faceView.zoom(false) },
  };
}
