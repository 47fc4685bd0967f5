import type { FaceTracks } from "@/core/faceTracks";
import type { FrameClock } from "@/core/frameClock";
import classes from "@/ui/faces/Faces.module.css";
import { Playhead } from "@/ui/player/Playhead";

interface Props {
  clock: FrameClock;
  faces: FaceTracks;
}

/** When each face is seen, and where the picture cuts. */
export function FaceLane({ clock, faces }: Props) {
  const { frameCount } = clock.table;
  const percent = (frames: number) => `${(frames / frameCount) * 100}%`;
  return (
    <div className={classes.lane}>
      {faces.record.tracks.map((track) => (
        <div key={track.number} className={classes.presence} data-main={track.is_main}>
          {faces.rangesOf(track).map(([first, end]) => (
            <span
              key={first}
              className={classes.seen}
              style={{ left: percent(first), width: percent(Math.min(end, frameCount) - first) }}
            />
          ))}
          <span className={classes.label}>
            Face {track.number}
            {track.is_main && " · main"}
          </span>
        </div>
      ))}
      {faces.record.cuts.map((cut) => (
        <span
          key={cut}
          className={classes.cut}
          style={{ left: percent(cut) }}
          title={`Cut before frame ${cut}`}
        />
      ))}
      <Playhead clock={clock} />
    </div>
  );
}
