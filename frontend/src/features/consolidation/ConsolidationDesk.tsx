import { useState } from "react";

import type { Consolidation } from "@/api/consolidations";
import type { FrameTable } from "@/core/frameTable";
import type { ReviewRow } from "@/core/rowDecisions";
import { useClipFaces } from "@/api/clipFaces";
import { Badge } from "@/ui/Badge";
import { RowsDesk } from "@/ui/review/RowsDesk";

import { AgreementBadge } from "./AgreementBadge";
import { ConsolidationDialogs, type OpenDialog } from "./ConsolidationDialogs";
import { ConsolidationFooter } from "./ConsolidationFooter";
import { ConsolidationNotices } from "./ConsolidationNotices";
import { useConsolidation } from "./useConsolidation";

interface Props {
  consolidation: Consolidation;
  table: FrameTable;
  /** Another tab writes on this clip. */
  isElsewhere: boolean;
  onTakeOver: () => void;
  /** Another tab took over, and nothing of this one is unsent. */
  onLetGo: () => void;
}

export function ConsolidationDesk(props: Props) {
  const { consolidation, table, isElsewhere, onTakeOver, onLetGo } = props;
  const session = useConsolidation(consolidation, table, isElsewhere, onLetGo);
  const faces = useClipFaces(consolidation.clip.id);
  const { desk, view } = session.editing;
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const { clip, rules, round } = consolidation;
  const drop = (row: ReviewRow) => {
    // What several annotators saw is not left out without a word.
    if (row.agreeing > 1) setDialog({ kind: "drop", row });
    else desk.drop(row, "");
  };
  return (
    <>
      <RowsDesk
        title={`Consolidate ${clip.name}`}
        session={session}
        clip={clip}
        isSoundAllowed={rules.sound_allowed}
        faces={faces}
        open={view.open}
        badges={
          <>
            <Badge tone={view.open.length === 0 ? "positive" : "warning"}>
              {view.open.length} of {desk.rows.filter(({ state }) => state !== "draft").length} rows
              open
            </Badge>
            {round > 1 && <Badge>Round {round}</Badge>}
            <AgreementBadge consolidation={consolidation} />
          </>
        }
        notices={
          <ConsolidationNotices
            consolidation={consolidation}
            isElsewhere={isElsewhere}
            isReadOnly={session.isReadOnly}
            onTakeOver={onTakeOver}
          />
        }
        handlers={{ finish: { run: () => setDialog({ kind: "finish" }) } }}
        footer={(commands) => <ConsolidationFooter commands={commands} onOpen={setDialog} />}
        onDrop={drop}
      />
      <ConsolidationDialogs
        dialog={dialog}
        consolidation={consolidation}
        session={session}
        onClose={() => setDialog(null)}
      />
    </>
  );
}
