import type { ClipDetail } from "@/api/types";
import { AddSlotsButton } from "./AddSlotsButton";
import classes from "./clips.module.css";
import { PriorityField } from "./PriorityField";
import { ReasonButton } from "./ReasonButton";
import { RejectButton } from "./RejectButton";
import { WithdrawButton } from "./WithdrawButton";
import { reopenClip, restoreClip } from "@/api/clips";
import { Card } from "@/ui/Card";

/** Offers what makes sense in the clip's stage; the server decides again. */
export function LeadActions({ clip }: { clip: ClipDetail }) {
  const { stage } = clip;
  if (stage === "withdrawn") return null;
  const isUnderway = stage !== "approved" && stage !== "rejected";
  return (
    <Card title="As lead">
      <PriorityField key={clip.priority} clip={clip} />
      <div className={classes.actions}>
        {stage === "annotating" && <AddSlotsButton clipId={clip.id} />}
        {isUnderway && <RejectButton clipId={clip.id} />}
        {stage === "rejected" && (
          <ReasonButton
            clipId={clip.id}
            title="Restore the clip"
            explanation="It goes back to the stage from which it was rejected."
            verb="Restore"
            onConfirm={(note) => restoreClip(clip.id, note)}
          />
        )}
        {stage === "approved" && (
          <ReasonButton
            clipId={clip.id}
            title="Open the clip again"
            explanation="A new round of consolidation begins. The approved caption stays in the versions that hold it."
            verb="Open again"
            onConfirm={(reason) => reopenClip(clip.id, reason)}
          />
        )}
        <WithdrawButton clip={clip} />
      </div>
    </Card>
  );
}
