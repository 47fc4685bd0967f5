import { eventKinds, eventName, type FaceSignals } from "@/core/faceSignals";
import type { FrameClock } from "@/core/frameClock";
import classes from "@/ui/faces/Faces.module.css";
import { Playhead } from "@/ui/player/Playhead";

interface Props {
  clock: FrameClock;
  signals: FaceSignals;
  isOnly: boolean;
}

/** What a face did and when, by its measurements: each event plays when it is chosen. */
export function EventLane({ clock, signals, isOnly }: Props) {
  const { frameCount } = clock.table;
  const percent = (frames: number) => `${(frames / frameCount) * 100}%`;
  const kinds = eventKinds(signals.events);
  const title = isOnly ? "Measured events" : `Measured events of face ${signals.track}`;
  if (kinds.length === 0) return <p className="quiet">No movement stands out.</p>;
  return (
    <section aria-label={title} className={classes.lane}>
      {kinds.map((kind) => (
        <ol key={kind} className={classes.events}>
          {signals.events
            .filter((event) => event.kind === kind)
            .map(({ start, stop, peak, side }) => (
              <li key={start}>
                <button
                  type="button"
                  className={classes.event}
                  style={{ left: percent(start), width: percent(stop - start) }}
                  title={`${eventName(kind, side)}, frames ${start}–${stop - 1}, peak ${peak}`}
                  aria-label={`${eventName(kind, side)}, frames ${start}–${stop - 1}: play it`}
                  onClick={() => clock.playOnce([start, stop])}
                />
              </li>
            ))}
          <li className={classes.label} aria-hidden>
            {eventName(kind, "both")}
          </li>
        </ol>
      ))}
      <Playhead clock={clock} />
    </section>
  );
}
