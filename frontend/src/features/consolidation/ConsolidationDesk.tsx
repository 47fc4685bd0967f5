import { useState } from "react";

import type { Consolidation } from "@/api/consolidations";
import type { FrameTable } from "@/core/frameTable";
import type { ReviewRow } from "@/core/rowDecisions";
import { Badge } from "@/ui/Badge";
import { Loading } from "@/ui/Loading";
import { ReviewHeader } from "@/ui/review/ReviewHeader";
import { ReviewLayout } from "@/ui/review/ReviewLayout";
import { ReviewResult } from "@/ui/review/ReviewResult";
import { ReviewRows } from "@/ui/review/ReviewRows";
import { ReviewVideo } from "@/ui/review/ReviewVideo";
import { type RowChoice, rowsShown, RowTools } from "@/ui/review/RowTools";
import { ConflictDialog } from "@/ui/work/ConflictDialog";
import { ShortcutSheet } from "@/ui/work/ShortcutSheet";

import { ConsolidationDialogs, type OpenDialog } from "./ConsolidationDialogs";
import { ConsolidationFooter } from "./ConsolidationFooter";
import { ConsolidationNotices } from "./ConsolidationNotices";
import { useConsolidation } from "./useConsolidation";
import { useConsolidationCommands } from "./useConsolidationCommands";

interface Props {
  consolidation: Consolidation;
  table: FrameTable;
  isElsewhere: boolean;
  onTakeOver: () => void;
}

export function ConsolidationDesk({ consolidation, table, isElsewhere, onTakeOver }: Props) {
  const session = useConsolidation(consolidation, table, isElsewhere);
  const { editing, journal, isReadOnly } = session;
  const { desk, view } = editing;
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const [choice, setChoice] = useState<RowChoice>({
    filter: "all",
    comparison: "none",
    areDraftsShown: false,
  });
  const drop = (row: ReviewRow) => {
    // What most annotators saw is not left out without a word.
    if (row.agreeing > 1) setDialog({ kind: "drop", row });
    else desk.drop(row, "");
  };
  const rows = rowsShown(editing, choice);
  const commands = useConsolidationCommands(session, {
    rows,
    onDrop: drop,
    onFinish: () => setDialog({ kind: "finish" }),
    onHelp: () => setDialog({ kind: "help" }),
    onToggleDrafts: () => setChoice({ ...choice, areDraftsShown: !choice.areDraftsShown }),
  });

  if (!session.isRestored) return <Loading label="Looking for unsent text on this device" />;
  return (
    <>
      <ReviewLayout
        title={`Consolidate ${consolidation.clip.name}`}
        header={
          <ReviewHeader
            title={`Consolidate ${consolidation.clip.name}`}
            journal={journal}
            leaseUntil={session.leaseUntil}
            isReadOnly={isReadOnly}
            onExtend={session.extend}
            onHelp={() => setDialog({ kind: "help" })}
          >
            <Badge tone={view.open.length === 0 ? "positive" : "warning"}>
              {view.open.length} of {desk.rows.filter(({ state }) => state !== "draft").length} rows
              open
            </Badge>
            {consolidation.round > 1 && <Badge>Round {consolidation.round}</Badge>}
          </ReviewHeader>
        }
        notices={
          <ConsolidationNotices
            consolidation={consolidation}
            isElsewhere={isElsewhere}
            isReadOnly={isReadOnly}
            onTakeOver={onTakeOver}
          />
        }
        video={
          <ReviewVideo
            editing={editing}
            clip={consolidation.clip}
            isSoundAllowed={consolidation.rules.sound_allowed}
          />
        }
        result={<ReviewResult editing={editing} isReadOnly={isReadOnly} />}
        tools={
          <RowTools
            choice={choice}
            onChoose={setChoice}
            hasDrafts={consolidation.drafts.length > 0}
            onAcceptAgreed={isReadOnly ? null : () => desk.acceptAgreed()}
          />
        }
        footer={
          <ConsolidationFooter commands={commands} isReadOnly={isReadOnly} onOpen={setDialog} />
        }
      >
        <ReviewRows
          editing={editing}
          rows={rows}
          comparison={choice.comparison}
          areDraftsShown={choice.areDraftsShown}
          isReadOnly={isReadOnly}
          onDrop={drop}
        />
      </ReviewLayout>
      <ShortcutSheet
        commands={commands}
        isOpen={dialog?.kind === "help"}
        onClose={() => setDialog(null)}
      />
      <ConsolidationDialogs
        dialog={dialog}
        consolidation={consolidation}
        session={session}
        onClose={() => setDialog(null)}
      />
      <ConflictDialog
        journal={journal}
        documentOf={({ document }) => document}
        onReplace={(text) => desk.replace(text)}
      />
    </>
  );
}
