import { useState } from "react";

import type { CrossValidation, SentenceMark } from "@/api/crossValidations";
import type { ReviewRow } from "@/core/rowDecisions";
import { useClipFaces } from "@/api/clipFaces";
import { Badge } from "@/ui/Badge";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Notice } from "@/ui/Notice";
import { ReviewNotices } from "@/ui/review/ReviewNotices";
import { RowsDesk } from "@/ui/review/RowsDesk";

import { BlindAgreementBadge } from "./BlindAgreementBadge";
import type { DeskProps } from "./CrossValidationPage";
import { MarkBadge } from "./MarkBadge";
import { type AskedStep, StepDialogs } from "./StepDialogs";
import { StepFooter } from "./StepFooter";
import { useCrossValidation } from "./useCrossValidation";
import { useSteps } from "./useSteps";

function noteOf(marks: readonly SentenceMark[]) {
  return (row: ReviewRow, column: number) => {
    const mark = marks.find(({ sentence }) => sentence === row.cells[column]?.id);
    return column === 0 && mark !== undefined ? <MarkBadge {...mark} /> : null;
  };
}

function ResultsNotice({ review: { second } }: { review: CrossValidation }) {
  return (
    <>
      {second !== null && (
        <Notice tone="warning" title="The second reviewer disputes the first result (R1).">
          {second.reason}
        </Notice>
      )}
      <Notice tone="accent">
        R1 is the first reviewer's result, R2 {second === null ? "yours" : "the second reviewer's"}.
        The keys 1 and 2 take one of them, B takes both.
      </Notice>
    </>
  );
}

/** Two results side by side, settled sentence by sentence: the second blind step, or a dispute. */
export function SettleDesk(props: DeskProps) {
  const { review, isElsewhere, onTakeOver } = props;
  const session = useCrossValidation(props);
  const faces = useClipFaces(review.clip.id);
  const steps = useSteps(review, session);
  const [asked, setAsked] = useState<AskedStep | null>(null);
  const { desk } = session.editing;
  const { second, mode } = review;
  const isFinal = mode === "settlement";
  const differing = desk.rows.filter(({ state }) => state !== "agree");
  const agree = () => steps.take({ kind: isFinal ? "settle" : "agree" });
  const selected = desk.selected();
  const takeBoth = () => {
    if (selected === null) return;
    desk.take(selected, 0);
    desk.merge(selected, 1);
  };
  return (
    <>
      <RowsDesk
        title={`${isFinal ? "Settle" : "Cross-validate"} ${review.clip.name}`}
        session={session}
        clip={review.clip}
        isSoundAllowed={review.rules.sound_allowed}
        faces={faces}
        open={differing}
        badges={
          <>
            <Badge tone="accent">{isFinal ? "Third reviewer" : "Blind, step 2 of 2"}</Badge>
            <Badge tone={differing.length === 0 ? "positive" : "warning"}>
              {differing.length} of {desk.rows.length} rows differ
            </Badge>
            {mode === "blind" && <BlindAgreementBadge review={review} />}
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
            <ResultsNotice review={review} />
            {asked === null && <ErrorNotice error={steps.error} />}
          </>
        }
        handlers={{
          takeBoth: { isEnabled: selected?.cells.every(Boolean) === true, run: takeBoth },
          finish: { isEnabled: !steps.isBusy, run: agree },
          ...(isFinal ? {} : { dispute: { run: () => setAsked("dispute") } }),
        }}
        footer={(commands) => (
          <StepFooter
            commands={commands}
            isFinal={isFinal}
            isBusy={steps.isBusy}
            missing={null}
            onAsk={setAsked}
          />
        )}
        onDrop={(row) => desk.drop(row, "")}
        noteOf={noteOf(second?.marks ?? [])}
      />
      <StepDialogs asked={asked} steps={steps} onClose={() => setAsked(null)} />
    </>
  );
}
