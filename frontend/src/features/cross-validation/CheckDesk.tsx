import { useState } from "react";

import type { Mark } from "@/api/crossValidations";
import type { ReviewRow } from "@/core/rowDecisions";
import type { DeskView } from "@/core/reviewDesk";
import { isSameSentence } from "@/core/sameCaption";
import { useClipFaces } from "@/api/clipFaces";
import { Badge } from "@/ui/Badge";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { ReviewNotices } from "@/ui/review/ReviewNotices";
import { RowsDesk } from "@/ui/review/RowsDesk";

import type { DeskProps } from "./CrossValidationPage";
import { MarkField } from "./MarkField";
import { type AskedStep, StepDialogs } from "./StepDialogs";
import { StepFooter } from "./StepFooter";
import { useCrossValidation } from "./useCrossValidation";
import { useMarks } from "./useMarks";
import { useSteps } from "./useSteps";

function isUnchanged({ decisions }: DeskView, row: ReviewRow): boolean {
  const [original] = row.cells;
  const final = decisions.get(row.id)?.final;
  return Boolean(original && final && isSameSentence(original, final));
}

function sayMissing(unmarked: number, unchanged: number): string | null {
  if (unmarked > 0) return `Sentences without a mark: ${unmarked}.`;
  return unchanged > 0 ? `Sentences marked major and not changed: ${unchanged}.` : null;
}

/** The first result beside the video: every sentence is marked, and mended where it has to be. */
export function CheckDesk(props: DeskProps) {
  const { review, isElsewhere, onTakeOver } = props;
  const session = useCrossValidation(props);
  const faces = useClipFaces(review.clip.id);
  const marks = useMarks(review);
  const steps = useSteps(review, session, marks.save);
  const [asked, setAsked] = useState<AskedStep | null>(null);
  const { desk, view } = session.editing;
  const idOf = (row: ReviewRow) => row.cells[0]?.id ?? "";
  const markOf = (row: ReviewRow) => marks.markOf(idOf(row));
  const isStuck = (row: ReviewRow) => markOf(row)?.mark === "major" && isUnchanged(view, row);
  const unmarked = desk.rows.filter((row) => markOf(row) === undefined);
  const missing = sayMissing(unmarked.length, desk.rows.filter(isStuck).length);
  const selected = desk.selected();
  const markSelected = (mark: Mark) => ({
    isEnabled: selected !== null,
    run: () => selected && marks.mark(idOf(selected), mark),
  });
  return (
    <>
      <RowsDesk
        title={`Check ${review.clip.name}`}
        session={session}
        clip={review.clip}
        isSoundAllowed={review.rules.sound_allowed}
        faces={faces}
        open={unmarked}
        canTake={false}
        comparison="result"
        badges={
          <Badge tone={unmarked.length === 0 ? "positive" : "warning"}>
            {unmarked.length} of {desk.rows.length} sentences to mark
          </Badge>
        }
        notices={
          <>
            <ReviewNotices
              status={review.status}
              isElsewhere={isElsewhere}
              isReadOnly={session.isReadOnly}
              onTakeOver={onTakeOver}
            />
            <ErrorNotice error={marks.error} />
            {asked === null && <ErrorNotice error={steps.error} />}
          </>
        }
        handlers={{
          markOk: markSelected("ok"),
          markMinor: markSelected("minor"),
          markMajor: markSelected("major"),
          finish: {
            isEnabled: missing === null && !steps.isBusy,
            run: () => steps.take({ kind: "agree" }),
          },
          dispute: { run: () => setAsked("dispute") },
        }}
        footer={(commands) => (
          <StepFooter
            commands={commands}
            isFinal={false}
            isBusy={steps.isBusy}
            missing={missing}
            onAsk={setAsked}
          />
        )}
        onDrop={(row) => desk.drop(row, "")}
        noteOf={(row) => (
          <MarkField
            text={row.cells[0]?.text ?? ""}
            mark={markOf(row)}
            isReadOnly={session.isReadOnly}
            isUnchanged={isStuck(row)}
            onMark={(mark) => marks.mark(idOf(row), mark)}
            onNote={(note) => marks.annotate(idOf(row), note)}
          />
        )}
      />
      <StepDialogs asked={asked} steps={steps} onClose={() => setAsked(null)} />
    </>
  );
}
