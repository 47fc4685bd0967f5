import { Button } from "@mantine/core";

import { useClipFaces } from "@/api/clipFaces";
import { Badge } from "@/ui/Badge";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { ReviewNotices } from "@/ui/review/ReviewNotices";
import { RowsDesk } from "@/ui/review/RowsDesk";
import { CommandButton } from "@/ui/work/CommandButton";

import type { DeskProps } from "./CrossValidationPage";
import { useCrossValidation } from "./useCrossValidation";
import { useSteps } from "./useSteps";

/** The first blind step: a consolidation of one's own, the first result and the drafts hidden. */
export function BlindDesk(props: DeskProps) {
  const { review, isElsewhere, onTakeOver } = props;
  const session = useCrossValidation(props);
  const faces = useClipFaces(review.clip.id);
  const { take, isBusy, error } = useSteps(review, session);
  const { desk, view } = session.editing;
  const conflicts = view.open.filter(({ state }) => state === "conflict").length;
  const compare = () => take({ kind: "reveal" });
  return (
    <RowsDesk
      title={`Cross-validate ${review.clip.name}`}
      session={session}
      clip={review.clip}
      isSoundAllowed={review.rules.sound_allowed}
      faces={faces}
      open={view.open}
      badges={
        <>
          <Badge tone="accent">Blind, step 1 of 2</Badge>
          <Badge tone={view.open.length === 0 ? "positive" : "warning"}>
            {view.open.length} of {desk.rows.length} rows open
          </Badge>
        </>
      }
      notices={
        <>
          <ReviewNotices
            status={review.status}
            isElsewhere={isElsewhere}
            isReadOnly={session.isReadOnly}
            onTakeOver={onTakeOver}
          />
          <ErrorNotice error={error} />
        </>
      }
      handlers={{ finish: { isEnabled: conflicts === 0 && !isBusy, run: compare } }}
      footer={(commands) => (
        <>
          <span className="quiet">
            {conflicts > 0
              ? `Decide the conflicts first: ${conflicts} still open.`
              : "Comparing fixes your result as it stands and shows the first one."}
          </span>
          <CommandButton commands={commands} id="undoPick" icon="undo" />
          <Button loading={isBusy} disabled={conflicts > 0} onClick={compare}>
            Compare
          </Button>
        </>
      )}
      onDrop={(row) => desk.drop(row, "")}
    />
  );
}
