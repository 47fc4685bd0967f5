import { useMemo } from "react";

import type { Phase } from "@/core/captionDocument";
import { type CheckedFaces, checkedRange, checkSentence, type Finding } from "@/core/claimCheck";
import { eventName, signalName } from "@/core/faceSignals";
import type { FrameRange } from "@/core/frameTable";
import { Badge, type Tone } from "@/ui/Badge";
import classes from "@/ui/faces/ClaimChips.module.css";
import { Icon, type IconName } from "@/ui/Icon";

interface Props {
  text: string;
  frames: FrameRange | null;
  phase: Phase | null;
  faces: CheckedFaces;
  /** Shows the curve and plays the range. */
  onShow: (finding: Finding, range: FrameRange) => void;
}

const LOOKS: Readonly<Record<Finding["verdict"], { tone: Tone; icon: IconName }>> = {
  consistent: { tone: "positive", icon: "check" },
  not_seen: { tone: "warning", icon: "question" },
  not_measurable: { tone: "neutral", icon: "dash" },
};

/** What was measured of each movement that a sentence claims: a hint where to look. */
export function ClaimChips({ text, frames, phase, faces, onShow }: Props) {
  const [from, end] = checkedRange(frames, phase, faces.frameCount);
  // A sentence is checked again when it changes, not whenever another one is typed in.
  const findings = useMemo(() => checkSentence(text, faces, [from, end]), [text, faces, from, end]);
  if (findings.length === 0) return null;
  return (
    <div className={classes.chips}>
      {findings.map((finding, place) => (
        <button
          key={place}
          type="button"
          className={classes.chip}
          title={explain(finding, [from, end])}
          onClick={() => onShow(finding, [from, end])}
        >
          <Badge tone={LOOKS[finding.verdict].tone}>
            <Icon name={LOOKS[finding.verdict].icon} size={12} />
            {eventName(finding.claim.movement, finding.claim.direction ?? "both")}:{" "}
            {sayMeasured(finding)}
          </Badge>
        </button>
      ))}
    </div>
  );
}

/** Says what the curve shows, also of a movement that the sentence denies. */
function sayMeasured({ verdict, claim }: Finding): string {
  if (verdict === "not_measurable") return "not measurable";
  return (verdict === "consistent") === claim.isDenied ? "not seen" : "seen";
}

function explain({ claim, signal }: Finding, [from, end]: FrameRange): string {
  const denied = claim.isDenied ? " is denied and" : "";
  return (
    `“${claim.words}”${denied} is held against the curve “${signalName(signal)}” ` +
    `in frames ${from}–${end - 1}. A hint: choose it to look.`
  );
}
