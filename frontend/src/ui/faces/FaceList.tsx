import { Button } from "@mantine/core";

import type { TrackColumns, TracksRecord } from "@/core/faceTracks";
import type { FrameClock } from "@/core/frameClock";
import classes from "@/ui/faces/Faces.module.css";

interface Props {
  clock: FrameClock;
  record: TracksRecord;
  frameUrlTemplate: string;
  /** Null where the reader may not say who the main character is, or just said it. */
  onChoose: ((numbers: number[]) => void) | null;
}

/** Pixels of the small picture of a face. */
const SIDE = 44;

/** Whose face the caption is about, why, and one click to say otherwise. */
export function FaceList({ clock, record, frameUrlTemplate, onChoose }: Props) {
  const main = record.tracks.filter(({ is_main }) => is_main).map(({ number }) => number);
  return (
    <div className={classes.list}>
      <p className="quiet">{record.selection.explanation}</p>
      {record.is_outdated && (
        <p className="quiet">
          These tracks were made with former networks. New ones will take their place.
        </p>
      )}
      <ul>
        {record.tracks.map((track) => (
          <li key={track.number} data-main={track.is_main}>
            <button
              type="button"
              className={classes.portrait}
              style={portrait(track, record, frameUrlTemplate)}
              aria-label={`Show face ${track.number}`}
              onClick={() => clock.seek(frameOf(track, record))}
            />
            <span>
              Face {track.number}
              {track.is_main ? " · main" : ""}
              <br />
              <span className="quiet figures">{sayShare(track.mean_area)} of the picture</span>
            </span>
            {onChoose !== null && record.tracks.length > 1 && (
              <span className={classes.choices}>
                {(!track.is_main || main.length > 1) && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => onChoose([track.number])}
                  >
                    Only main face
                  </Button>
                )}
                {!track.is_main && main.length > 0 && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    onClick={() => onChoose([...main, track.number])}
                  >
                    Main as well
                  </Button>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function sayShare(share: number): string {
  return share < 0.01 ? "under 1 %" : `${Math.round(share * 100)} %`;
}

function largestPlace({ boxes }: TrackColumns): number {
  const areas = boxes.map(
    ([left = 0, top = 0, right = 0, bottom = 0]) => (right - left) * (bottom - top),
  );
  return areas.indexOf(Math.max(...areas));
}

/** The clip's own frame where the face is largest. */
function frameOf(track: TrackColumns, record: TracksRecord): number {
  return record.frames[track.at[largestPlace(track)] ?? 0] ?? 0;
}

/** The face cut out of a whole frame, with a little room around it. */
function portrait(track: TrackColumns, record: TracksRecord, frameUrlTemplate: string) {
  const [left = 0, top = 0, right = 0, bottom = 0] = track.boxes[largestPlace(track)] ?? [];
  const side = (Math.max(right - left, bottom - top, 10) / 10) * 1.2;
  const scale = SIDE / side;
  const x = (left + right) / 20 - side / 2;
  const y = (top + bottom) / 20 - side / 2;
  return {
    backgroundImage: `url("${frameUrlTemplate.replace("{i}", String(frameOf(track, record)))}")`,
    backgroundSize: `${record.width * scale}px ${record.height * scale}px`,
    backgroundPosition: `${-x * scale}px ${-y * scale}px`,
  };
}
