import { useEffect, useRef, useState, useSyncExternalStore } from "react";

import {
  curvePath,
  type FaceSignals,
  FINE_SIGNALS,
  placeAt,
  sayValue,
  SIGNALS,
  type SignalKind,
} from "@/core/faceSignals";
import type { FrameClock } from "@/core/frameClock";
import classes from "@/ui/faces/Faces.module.css";
import { Playhead } from "@/ui/player/Playhead";

/** A curve that somebody wants to see now; each wish is an object of its own. */
export interface AskedCurve {
  signal: string;
  track: number | null;
}

interface Props {
  clock: FrameClock;
  signals: FaceSignals;
  /** The clip's own frames that were looked at. */
  frames: readonly number[];
  cuts: readonly number[];
  asked: AskedCurve | null;
}

const FIRST_SHOWN: readonly string[] = ["smile", "jaw_open", "brow_raise", "blink_left", "yaw"];

/** The measured curves of one face over the clip; which ones is the reader's choice. */
export function SignalCurves({ clock, signals, frames, cuts, asked }: Props) {
  const [shown, setShown] = useState(FIRST_SHOWN);
  const [answered, setAnswered] = useState<AskedCurve | null>(null);
  if (asked !== null && asked !== answered) {
    setAnswered(asked);
    setShown([asked.signal]);
  }
  const lane = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asked === null) return undefined;
    // After the rows of a page have moved, which keep the selected one in sight.
    const next = requestAnimationFrame(() => lane.current?.scrollIntoView({ block: "nearest" }));
    return () => cancelAnimationFrame(next);
  }, [asked]);
  const fine = FINE_SIGNALS.filter(({ id }) => shown.includes(id));
  const known = [...SIGNALS, ...fine].filter(({ id }) => id in signals.values);
  const { frameCount } = clock.table;
  const seen = signals.at.map((place) => frames[place] ?? 0);
  const toggle = (id: string) =>
    setShown((ids) => (ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]));
  return (
    <div>
      <div ref={lane} className={classes.curves}>
        <svg viewBox={`0 0 ${frameCount} 1000`} preserveAspectRatio="none" aria-hidden>
          {cuts.map((cut) => (
            <path key={cut} className={classes.cutLine} d={`M${cut} 0V1000`} />
          ))}
          {known
            .filter(({ id }) => shown.includes(id))
            .map(({ id, span }) => (
              <path
                key={id}
                className={classes.curve}
                data-signal={SIGNALS.findIndex((kind) => kind.id === id)}
                d={curvePath(seen, signals.values[id] ?? [], span)}
              />
            ))}
        </svg>
        <Playhead clock={clock} />
      </div>
      <fieldset className={classes.legend}>
        <legend className="visually-hidden">Curves of face {signals.track}</legend>
        {known.map((kind) => (
          <label key={kind.id}>
            <input
              type="checkbox"
              checked={shown.includes(kind.id)}
              onChange={() => toggle(kind.id)}
            />
            <span
              className={classes.swatch}
              data-signal={SIGNALS.indexOf(kind)}
              data-shown={shown.includes(kind.id)}
            />
            {kind.label}
            <Value clock={clock} kind={kind} seen={seen} values={signals.values[kind.id] ?? []} />
          </label>
        ))}
      </fieldset>
    </div>
  );
}

interface ValueProps {
  clock: FrameClock;
  kind: SignalKind;
  seen: readonly number[];
  values: readonly (number | null)[];
}

/** The value at the frame on screen, while the video stands. */
function Value({ clock, kind, seen, values }: ValueProps) {
  const frame = useSyncExternalStore(clock.subscribe, () => {
    const { frame: current, isPlaying } = clock.current();
    return isPlaying ? null : current;
  });
  const text = frame === null ? "" : sayValue(values[placeAt(seen, frame)], kind.unit);
  return <span className="figures quiet">{text}</span>;
}
