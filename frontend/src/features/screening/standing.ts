import type { ScreenedClip } from "@/api/screening";
import type { Tone } from "@/ui/Badge";

/** Where a clip stands in the screening, in words. */
export interface Standing {
  label: string;
  tone: Tone;
}

const MEASURING: Readonly<Record<NonNullable<ScreenedClip["job_state"]>, Standing>> = {
  queued: { label: "Waits for its measures", tone: "neutral" },
  running: { label: "Being measured", tone: "accent" },
  done: { label: "Measured", tone: "neutral" },
  cancelled: { label: "Not measured", tone: "warning" },
  dead: { label: "Could not be measured", tone: "negative" },
};

const WAITING: Readonly<Record<ScreenedClip["outcome"], Standing>> = {
  waiting: { label: "Not measured", tone: "neutral" },
  passed: { label: "Passed, waits to be drawn", tone: "positive" },
  flagged: { label: "Flagged", tone: "warning" },
  rejected: { label: "Restored", tone: "neutral" },
};

function standingInScreening(clip: ScreenedClip): Standing {
  if (clip.decision === "kept") return { label: "Kept, waits to be drawn", tone: "positive" };
  if (clip.decision === "rejected") return { label: "Restored", tone: "neutral" };
  if (clip.outcome === "waiting" && clip.job_state) return MEASURING[clip.job_state];
  return WAITING[clip.outcome];
}

export function standingOf(clip: ScreenedClip): Standing {
  if (clip.stage === "screening" || clip.stage === "imported") return standingInScreening(clip);
  if (clip.stage === "rejected") {
    return clip.decision === ""
      ? { label: "Rejected by rule", tone: "negative" }
      : { label: "Rejected", tone: "negative" };
  }
  return { label: clip.decision === "kept" ? "Kept" : "Passed", tone: "positive" };
}

/** Which decisions are open to a lead; the server has the last word. */
export interface Choices {
  canKeep: boolean;
  canReject: boolean;
  canRestore: boolean;
}

/** Later than these people have worked on the clip: its own page says what a rejection ends. */
const EARLY: readonly ScreenedClip["stage"][] = ["screening", "rejected", "drafting", "annotating"];

export function choicesFor({ stage, decision }: ScreenedClip): Choices {
  const isRejected = stage === "rejected";
  return {
    canKeep: isRejected || (stage === "screening" && decision !== "kept"),
    canReject: EARLY.includes(stage) && !(isRejected && decision === "rejected"),
    canRestore: isRejected,
  };
}
