import type { Sentence } from "@/core/captionDocument";
import { uncoveredRanges } from "@/core/documentEdits";
import { RangeLane, type TimedSentence } from "@/ui/player/RangeLane";

import type { WorkspaceSession } from "./useWorkspace";

interface Props {
  session: WorkspaceSession;
  onPlay: (sentence: Sentence) => void;
}

function timed(sentence: Sentence, index: number): TimedSentence[] {
  const { id, text, phase = null, frames } = sentence;
  return frames ? [{ id, text, phase, frames, number: index + 1 }] : [];
}

export function SentencesInTime({ session, onPlay }: Props) {
  const { view, driver } = session;
  const changes = view.document.facial_changes;
  return (
    <RangeLane
      clock={driver.clock}
      sentences={changes.flatMap(timed)}
      uncovered={uncoveredRanges(changes, driver.clock.table.frameCount)}
      selectedId={view.selectedId}
      onSelect={(id) => {
        const sentence = changes.find((candidate) => candidate.id === id);
        if (sentence !== undefined) onPlay(sentence);
      }}
    />
  );
}
