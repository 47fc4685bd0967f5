import { type ReactNode, useState } from "react";

import { bindCommands, type Command, type Handlers } from "@/core/commands";
import type { Journal } from "@/core/journal";
import type { ReviewText } from "@/core/picks";
import type { ReviewRow } from "@/core/rowDecisions";
import type { FoundFaces } from "@/ui/faces/FacesPanel";
import { type ClaimNotes, useClaimNotes } from "@/ui/faces/useClaimNotes";
import { Loading } from "@/ui/Loading";
import { ReviewHeader } from "@/ui/review/ReviewHeader";
import { ReviewLayout } from "@/ui/review/ReviewLayout";
import { ReviewResult } from "@/ui/review/ReviewResult";
import { type Comparison, ReviewRows } from "@/ui/review/ReviewRows";
import { ReviewVideo, type ReviewedClip } from "@/ui/review/ReviewVideo";
import { lookingHandlers, resultHandlers, rowHandlers } from "@/ui/review/rowCommands";
import { type RowChoice, rowsShown, RowTools } from "@/ui/review/RowTools";
import type { ReviewEditing } from "@/ui/review/useReviewEditing";
import { ConflictDialog } from "@/ui/work/ConflictDialog";
import { ShortcutSheet } from "@/ui/work/ShortcutSheet";
import { useCommands } from "@/ui/work/useCommands";

/** One open review: what is chosen, where it is saved, and how long it is kept. */
export interface ReviewSession {
  editing: ReviewEditing;
  journal: Journal<ReviewText>;
  /** False until unsent text of this device was looked for. */
  isRestored: boolean;
  isReadOnly: boolean;
  leaseUntil: string | null;
  extend: () => void;
}

interface Props {
  title: string;
  session: ReviewSession;
  clip: ReviewedClip;
  isSoundAllowed: boolean;
  faces: FoundFaces;
  /** Rows that still need the reviewer. */
  open: readonly ReviewRow[];
  /** False where sentences are judged and not chosen. */
  canTake?: boolean;
  comparison?: Comparison;
  badges: ReactNode;
  notices: ReactNode;
  /** Commands of this page alone; they rest while it is read-only. */
  handlers: Handlers;
  footer: (commands: readonly Command[]) => ReactNode;
  onDrop: (row: ReviewRow) => void;
  noteOf?: ((row: ReviewRow, column: number) => ReactNode) | undefined;
}

function writingHandlers(
  { session, canTake = true, onDrop, handlers }: Props,
  acceptAgreed: (() => void) | null,
): Handlers {
  const { editing, journal } = session;
  return {
    ...rowHandlers(editing, canTake, onDrop),
    ...resultHandlers(editing, () => void journal.flush()),
    ...(acceptAgreed === null ? {} : { acceptAgreed: { run: acceptAgreed } }),
    ...handlers,
  };
}

function claimsOfCell({ noteOf }: ClaimNotes, { part, cells }: ReviewRow, column: number) {
  const sentence = part === "facial_changes" ? cells[column] : null;
  return sentence ? noteOf(sentence) : null;
}

/** The page of every review: the video, the result that is made, and the rows it is made of. */
export function RowsDesk(props: Props) {
  const { title, session, open, canTake = true, onDrop } = props;
  const { editing, journal, isReadOnly } = session;
  const { desk } = editing;
  const claims = useClaimNotes(props.faces, editing.driver.clock);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [choice, setChoice] = useState<RowChoice>({
    filter: "all",
    comparison: props.comparison ?? "none",
    areDraftsShown: false,
  });
  const rows = rowsShown(editing, choice, open);
  const hasSeveral = desk.sources.length > 1;
  const hasDrafts = desk.sources.some(({ kind }) => kind === "draft");
  const acceptAgreed = canTake && hasSeveral ? () => desk.acceptAgreed() : null;
  const commands = bindCommands({
    ...lookingHandlers(editing, rows, open),
    ...(isReadOnly ? {} : writingHandlers(props, acceptAgreed)),
    toggleDrafts: {
      isEnabled: hasDrafts,
      run: () => setChoice({ ...choice, areDraftsShown: !choice.areDraftsShown }),
    },
    help: { run: () => setIsHelpOpen(true) },
  });
  useCommands(commands);

  if (!session.isRestored) return <Loading label="Looking for unsent text on this device" />;
  return (
    <>
      <ReviewLayout
        title={title}
        header={
          <ReviewHeader
            title={title}
            journal={journal}
            leaseUntil={session.leaseUntil}
            isReadOnly={isReadOnly}
            onExtend={session.extend}
            onHelp={() => setIsHelpOpen(true)}
          >
            {props.badges}
          </ReviewHeader>
        }
        notices={props.notices}
        video={
          <ReviewVideo
            editing={editing}
            clip={props.clip}
            isSoundAllowed={props.isSoundAllowed}
            found={props.faces}
            canChoose={!isReadOnly}
            asked={claims.asked}
          />
        }
        result={<ReviewResult editing={editing} isReadOnly={isReadOnly} claimsOf={claims.noteOf} />}
        tools={
          <RowTools
            choice={choice}
            onChoose={setChoice}
            hasConflicts={hasSeveral}
            hasDrafts={hasDrafts}
            onAcceptAgreed={isReadOnly ? null : acceptAgreed}
          />
        }
        footer={isReadOnly ? null : props.footer(commands)}
      >
        <ReviewRows
          editing={editing}
          rows={rows}
          comparison={choice.comparison}
          areDraftsShown={choice.areDraftsShown}
          isReadOnly={isReadOnly}
          canTake={canTake && !isReadOnly}
          onDrop={onDrop}
          asked={claims.asked}
          noteOf={(row, column) => (
            <>
              {claimsOfCell(claims, row, column)}
              {props.noteOf?.(row, column)}
            </>
          )}
        />
      </ReviewLayout>
      <ShortcutSheet commands={commands} isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />
      <ConflictDialog
        journal={journal}
        documentOf={({ document }) => document}
        onReplace={(text) => desk.replace(text)}
      />
    </>
  );
}
