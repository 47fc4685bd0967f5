import type { Phase } from "@/core/captionDocument";
import type { FrameClock } from "@/core/frameClock";
import type { FrameRange } from "@/core/frameTable";
import { Playhead } from "@/ui/player/Playhead";
import classes from "@/ui/player/RangeLane.module.css";

export interface TimedSentence {
  id: string;
  /** Its number in the list beside the video. */
  number: number;
  text: string;
  phase: Phase | null;
  frames: FrameRange;
}

interface Props {
  clock: FrameClock;
  sentences: readonly TimedSentence[];
  uncovered: readonly FrameRange[];
  selectedId: string | null;
  onSelect: (id: string) => void;
}

function sayRange([first, end]: FrameRange): string {
  return first === end - 1 ? `${first}` : `${first}–${end - 1}`;
}

/** Where in time the sentences lie; a list for screen readers, a lane with a playhead to see. */
export function RangeLane({ clock, sentences, uncovered, selectedId, onSelect }: Props) {
  const { frameCount } = clock.table;
  const percent = (frames: number) => `${(frames / frameCount) * 100}%`;
  const place = ([first, end]: FrameRange) => ({
    marginLeft: percent(first),
    width: percent(end - first),
  });
  return (
    <section className={classes.lane} aria-label="Sentences in time">
      <div className={classes.track}>
        <ol className={classes.rows}>
          {sentences.map((sentence) => (
            <li key={sentence.id}>
              <button
                type="button"
                className={classes.bar}
                style={place(sentence.frames)}
                data-phase={sentence.phase ?? "none"}
                aria-current={sentence.id === selectedId}
                aria-label={`Sentence ${sentence.number}, frames ${sayRange(sentence.frames)}: play it`}
                title={sentence.text}
                onClick={() => onSelect(sentence.id)}
              >
                {sentence.number}
              </button>
            </li>
          ))}
        </ol>
        <Playhead clock={clock} />
      </div>
      {sentences.length > 0 && uncovered.length > 0 && (
        <p className="quiet">Not described yet: frames {uncovered.map(sayRange).join(", ")}.</p>
      )}
      {sentences.length === 0 && (
        <p className="quiet">
          No sentence has frames yet. Stop where one begins and press <kbd>S</kbd>, then{" "}
          <kbd>E</kbd> where it ends.
        </p>
      )}
    </section>
  );
}
