import { UNUSABLE_REASONS } from "@/api/assignments";
import { ReasonDialog } from "@/ui/review/ReasonDialog";
import { RejectDialog } from "@/ui/review/RejectDialog";

import type { Step } from "./useSteps";

/** A step that asks for its reason first. */
export type AskedStep = "dispute" | "send-back" | "reject";

interface Props {
  asked: AskedStep | null;
  steps: { take: (step: Step) => void; isBusy: boolean; error: Error | null };
  onClose: () => void;
}

const TEXTS = {
  dispute: {
    title: "Dispute the result",
    label: "What is wrong with it? A third reviewer reads this and decides.",
    verb: "Dispute it",
  },
  "send-back": {
    title: "Send the clip back",
    label: "Why does it have to be consolidated anew?",
    verb: "Send it back",
  },
};

export function StepDialogs({ asked, steps, onClose }: Props) {
  const { take, isBusy, error } = steps;
  if (asked === null) return null;
  if (asked === "reject") {
    return (
      <RejectDialog
        reasons={UNUSABLE_REASONS}
        isBusy={isBusy}
        error={error}
        onSubmit={(why) => take({ kind: "reject", why })}
        onClose={onClose}
      />
    );
  }
  return (
    <ReasonDialog
      {...TEXTS[asked]}
      isBusy={isBusy}
      error={error}
      onSubmit={(reason) => take({ kind: asked, reason })}
      onClose={onClose}
    />
  );
}
