import { type ReactNode, useMemo, useState } from "react";

import type { Sentence } from "@/core/captionDocument";
import type { CheckedFaces } from "@/core/claimCheck";
import type { FrameClock } from "@/core/frameClock";
import { ClaimChips } from "@/ui/faces/ClaimChips";
import type { FoundFaces } from "@/ui/faces/FacesPanel";
import type { AskedCurve } from "@/ui/faces/SignalCurves";

export interface ClaimNotes {
  /** The curve that one of them was asked to show. */
  asked: AskedCurve | null;
  noteOf: (sentence: Sentence) => ReactNode;
}

/** What was measured of what a sentence says. */
export function useClaimNotes({ faces, measured }: FoundFaces, clock: FrameClock): ClaimNotes {
  const [asked, setAsked] = useState<AskedCurve | null>(null);
  const { frameCount } = clock.table;
  const checked = useMemo<CheckedFaces | null>(() => {
    const main = faces?.main.map(({ number }) => number) ?? [];
    // Without a face every sentence would be not measurable; the panel says so once.
    if (measured === null || main.length === 0) return null;
    return { ...measured, frameCount, main };
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
