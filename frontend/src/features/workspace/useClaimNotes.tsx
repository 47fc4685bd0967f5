import { useMemo, useState } from "react";

import type { Sentence } from "@/core/captionDocument";
import type { CheckedFaces } from "@/core/claimCheck";
import type { FrameClock } from "@/core/frameClock";
import { ClaimChips } from "@/ui/faces/ClaimChips";
import type { FoundFaces } from "@/ui/faces/FacesPanel";
import type { AskedCurve } from "@/ui/faces/SignalCurves";

/** What was measured of what a sentence says, and the curve that one of them was asked to show. */
export function useClaimNotes({ faces, measured }: FoundFaces, clock: FrameClock) {
  const [asked, setAsked] = useState<AskedCurve | null>(null);
  const { frameCount } = clock.table;
  const checked = useMemo<CheckedFaces | null>(() => {
    if (faces === null || measured === null) return null;
    return { ...measured, frameCount, main: faces.main.map(({ number }) => number) };
  }, [faces, measured, frameCount]);
  const noteOf = ({ text, frames = null, phase = null }: Sentence) =>
    checked === null ? null : (
      <ClaimChips
        text={text}
        frames={frames}
        phase={phase}
        faces={checked}
        onShow={({ signal, track }, range) => {
          setAsked({ signal, track });
          clock.playOnce(range);
        }}
      />
    );
  return { asked, noteOf };
}
