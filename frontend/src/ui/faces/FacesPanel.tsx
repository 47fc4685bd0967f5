import { useState } from "react";

import type { FaceTracks } from "@/core/faceTracks";
import type { MeasuredFaces } from "@/core/faceSignals";
import type { FrameClock } from "@/core/frameClock";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { EventLane } from "@/ui/faces/EventLane";
import { FaceLane } from "@/ui/faces/FaceLane";
import { FaceList } from "@/ui/faces/FaceList";
import classes from "@/ui/faces/Faces.module.css";
import { type AskedCurve, SignalCurves } from "@/ui/faces/SignalCurves";

/** What is known of the faces of a clip. */
export interface FoundFaces {
  faces: FaceTracks | null;
  measured: MeasuredFaces | null;
  /** Why there are no tracks. */
  reason: string | null;
  error: Error | null;
  isChoosing: boolean;
  choose: (numbers: number[]) => void;
}

interface Props {
  found: FoundFaces;
  clock: FrameClock;
  /** Has the place `{i}` for the frame's number. */
  frameUrlTemplate: string;
  /** Whether the reader may say who the main character is. */
  canChoose: boolean;
  /** Closed at first where the page has little room. */
  isOpen: boolean;
  asked?: AskedCurve | null;
}

/** What was measured in the faces of a clip: a hint to look at, never a verdict. */
export function FacesPanel(props: Props) {
  const { faces, reason, error } = props.found;
  if (error === null && reason === null && faces === null) return null;
  if (error === null && faces?.record.tracks.length === 0) {
    return (
      <p className="quiet">
        No face was found in this clip, so no sentence can be held against measurements.
      </p>
    );
  }
  return <Disclosure {...props} />;
}

/** Opens by itself when a curve is asked for. */
function Disclosure(props: Props) {
  const { found, asked = null } = props;
  const { faces, reason, error } = found;
  const [isOpen, setIsOpen] = useState(props.isOpen);
  const [answered, setAnswered] = useState<AskedCurve | null>(null);
  if (asked !== answered) {
    setAnswered(asked);
    setIsOpen(true);
  }
  return (
    <details
      className={classes.panel}
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>Faces and what was measured in them</summary>
      <ErrorNotice error={error} />
      {reason !== null && <p className="quiet">{reason}</p>}
      {isOpen && faces !== null && <Lanes {...props} faces={faces} />}
    </details>
  );
}

interface LanesProps extends Props {
  faces: FaceTracks;
}

function Lanes({ found, clock, frameUrlTemplate, canChoose, faces, asked = null }: LanesProps) {
  const { measured, isChoosing, choose } = found;
  const main = faces.main.map(({ number }) => number);
  const signals = measured?.signals.filter(({ track }) => main.includes(track)) ?? [];
  // Of what could not be measured, the first face shows where it was not.
  const askedTrack = asked?.track ?? signals[0]?.track;
  return (
    <div className={classes.lanes}>
      <FaceLane clock={clock} faces={faces} />
      {signals.map((each) => (
        <div key={each.track} className={classes.lanes}>
          {signals.length > 1 && <strong>Face {each.track}</strong>}
          <SignalCurves
            clock={clock}
            signals={each}
            frames={measured?.frames ?? []}
            cuts={faces.record.cuts}
            asked={askedTrack === each.track ? asked : null}
          />
          <EventLane clock={clock} signals={each} isOnly={signals.length === 1} />
        </div>
      ))}
      <FaceList
        clock={clock}
        record={faces.record}
        frameUrlTemplate={frameUrlTemplate}
        onChoose={canChoose && !isChoosing ? choose : null}
      />
    </div>
  );
}
