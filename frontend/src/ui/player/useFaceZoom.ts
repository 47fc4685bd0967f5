import { type RefObject, useEffect, useRef } from "react";

import type { FaceTracks } from "@/core/faceTracks";
import { NO_ZOOM, type Zoom, zoomAt } from "@/core/faceZoom";
import type { VideoDriver } from "@/ui/player/videoDriver";

function place(picture: HTMLElement, { x, y, scale }: Zoom): void {
  picture.style.transform =
    scale === 1 ? "" : `translate(${x * 100}%, ${y * 100}%) scale(${scale})`;
}

/** Keeps the main face in the middle of the stage while it is zoomed to, outside of rendering. */
export function useFaceZoom(
  { clock, faceView }: VideoDriver,
  faces: FaceTracks | null,
): RefObject<HTMLDivElement | null> {
  const picture = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const follow = () => {
      if (picture.current === null) return;
      const isZoomed = faces !== null && faceView.current().isZoomed;
      // Where the face is gone for a while, the picture stays where it was.
      const zoom = isZoomed ? zoomAt(faces, clock.current().frame) : NO_ZOOM;
      if (zoom !== null) place(picture.current, zoom);
    };
    follow();
    const leaves = [clock.subscribe(follow), faceView.subscribe(follow)];
    return () => leaves.forEach((leave) => leave());
  }, [clock, faceView, faces]);
  return picture;
}
