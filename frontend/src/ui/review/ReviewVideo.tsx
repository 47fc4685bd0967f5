import type { Sentence } from "@/core/captionDocument";
import { uncoveredRanges } from "@/core/documentEdits";
import { FacesPanel, type FoundFaces } from "@/ui/faces/FacesPanel";
import type { AskedCurve } from "@/ui/faces/SignalCurves";
import { Player } from "@/ui/player/Player";
import { RangeLane, type TimedSentence } from "@/ui/player/RangeLane";
import type { ReviewEditing } from "@/ui/review/useReviewEditing";

/** What of a clip the player needs. */
export interface ReviewedClip {
  media_url: string;
  poster_url: string;
  frame_url_template: string;
  width: number;
  height: number;
}

interface Props {
  editing: ReviewEditing;
  clip: ReviewedClip;
  isSoundAllowed: boolean;
  found: FoundFaces;
  /** Whether the reader may say who the main character is. */
  canChoose: boolean;
  /** The curve that a sentence was asked to show. */
  asked: AskedCurve | null;
}

function timed(sentence: Sentence, index: number): TimedSentence[] {
  const { id, text, phase = null, frames } = sentence;
  return frames ? [{ id, text, phase, frames, number: index + 1 }] : [];
}

/** The clip, and where in it the sentences of the result lie. */
export function ReviewVideo({ editing, clip, isSoundAllowed, found, canChoose, asked }: Props) {
  const { driver, written, desk } = editing;
  const changes = written.document.facial_changes;
  const sentences = changes.flatMap(timed);
  return (
    <>
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
      {sentences.length > 0 && (
        <RangeLane
          clock={driver.clock}
          sentences={sentences}
          uncovered={uncoveredRanges(changes, driver.clock.table.frameCount)}
          selectedId={written.selectedId}
          onSelect={(id) => {
            const frames = changes.find((sentence) => sentence.id === id)?.frames;
            desk.working.select(id);
            if (frames) driver.clock.playOnce(frames);
          }}
        />
      )}
      <FacesPanel
        found={found}
        clock={driver.clock}
        frameUrlTemplate={clip.frame_url_template}
        canChoose={canChoose}
        isOpen={false}
        asked={asked}
      />
    </>
  );
}
