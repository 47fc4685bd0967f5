import { useEffect, useRef, useSyncExternalStore } from "react";

import type { FaceTracks, ShownFace } from "@/core/faceTracks";
import classes from "@/ui/player/Player.module.css";
import type { VideoDriver } from "@/ui/player/videoDriver";

interface Props {
  driver: VideoDriver;
  faces: FaceTracks;
}

/** Boxes are kept in tenths of a pixel. */
const UNITS = 10;
const NAME_SHARE = 0.042;

function place(group: SVGGElement, face: ShownFace | undefined): void {
  group.style.visibility = face === undefined ? "hidden" : "visible";
  if (face === undefined) return;
  const [left, top, right, bottom] = face.box;
  group.dataset.guessed = String(face.isGuessed);
  for (const rect of group.querySelectorAll("rect")) {
    rect.setAttribute("x", String(left));
    rect.setAttribute("y", String(top));
    rect.setAttribute("width", String(right - left));
    rect.setAttribute("height", String(bottom - top));
  }
  const name = group.querySelector("text");
  name?.setAttribute("x", String(left));
  name?.setAttribute("y", String(top - UNITS * 4));
}

/** The faces of the frame on screen, drawn without a render for each frame. */
export function FaceOverlay({ driver: { clock, faceView }, faces }: Props) {
  const { areBoxesShown } = useSyncExternalStore(faceView.subscribe, faceView.current);
  const drawing = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const draw = () => {
      const shown = faces.facesAt(clock.current().frame);
      for (const group of drawing.current?.querySelectorAll("g") ?? []) {
        place(
          group,
          shown.find(({ number }) => String(number) === group.dataset.face),
        );
      }
    };
    draw();
    return clock.subscribe(draw);
  }, [clock, faces, areBoxesShown]);
  if (!areBoxesShown) return null;
  const { width, height, tracks } = faces.record;
  return (
    <svg
      ref={drawing}
      className={classes.faces}
      viewBox={`0 0 ${width * UNITS} ${height * UNITS}`}
      aria-hidden
    >
      {tracks.map(({ number, is_main }) => (
        <g key={number} className={classes.face} data-face={number} data-main={is_main}>
          <rect className={classes.shadow} />
          <rect className={classes.box} />
          <text className={classes.name} fontSize={height * UNITS * NAME_SHARE}>
            {is_main ? `${number} main` : number}
          </text>
        </g>
      ))}
    </svg>
  );
}
