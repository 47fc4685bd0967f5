import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { UNUSABLE_REASONS } from "@/api/assignments";
import { useHasRole } from "@/api/roles";
import { rulesQuery, type ScreenedClip, type Shown } from "@/api/screening";
import { bindCommands, type Handlers } from "@/core/commands";
import { troublesOf } from "./findings";
import classes from "./screening.module.css";
import { ScreenedList } from "./ScreenedList";
import { ScreenedPanel } from "./ScreenedPanel";
import { choicesFor } from "./standing";
import { useDecisions } from "./useDecisions";
import { useScreenedClips } from "./useScreenedClips";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { LoadMore } from "@/ui/LoadMore";
import { RejectDialog } from "@/ui/review/RejectDialog";
import { useCommands } from "@/ui/work/useCommands";

interface Props {
  projectId: number;
  show: Shown;
}

const NOTHING: Readonly<Record<Shown, string>> = {
  undecided: "No clip waits for a decision. New clips are measured after their import.",
  flagged: "No clip is flagged.",
  rejected_by_rule: "No clip was rejected by a rule, unless a lead has decided since.",
  rejected: "No clip was rejected in the screening.",
  waiting: "No clip is in the screening.",
  all: "Clips are measured after their import, where a worker has the face models.",
};

/** The clips of one filter, and one of them beside them. */
export function ScreeningDesk({ projectId, show }: Props) {
  const decided = useDecisions(projectId);
  const shown = useScreenedClips(projectId, show, decided.decisions);
  if (shown.list.isPending) return <Loading label="Loading the clips" />;
  return (
    <>
      <ErrorNotice error={shown.list.error} />
      {shown.selected !== undefined && (
        <DeskOf projectId={projectId} shown={shown} decided={decided} selected={shown.selected} />
      )}
      {shown.list.isSuccess && shown.selected === undefined && (
        <EmptyState title="There are no clips here">{NOTHING[show]}</EmptyState>
      )}
    </>
  );
}

interface DeskProps {
  projectId: number;
  shown: ReturnType<typeof useScreenedClips>;
  decided: ReturnType<typeof useDecisions>;
  selected: ScreenedClip;
}

/** With the keys that move and decide; only leads decide. */
function DeskOf({ projectId, shown, decided, selected }: DeskProps) {
  const isLead = useHasRole(projectId, "lead");
  const rules = useQuery(rulesQuery(projectId)).data?.rules ?? null;
  const [isRejecting, setIsRejecting] = useState(false);
  const { list, clips, select, move } = shown;
  const decision = decided.decisions.get(selected.id);
  const { canKeep, canReject, canRestore } = choicesFor(selected);
  const deciding: Handlers = {
    keepClip: { run: () => decided.keep(selected), isEnabled: canKeep },
    rejectClip: { run: () => setIsRejecting(true), isEnabled: canReject },
    restoreClip: { run: () => decided.restore(selected), isEnabled: canRestore },
  };
  const commands = bindCommands({
    nextClip: { run: () => move(1) },
    previousClip: { run: () => move(-1) },
    ...(isLead ? deciding : {}),
  });
  useCommands(commands);
  return (
    <div className={classes.desk}>
      <div className={classes.clips}>
        <ScreenedList
          clips={clips}
          rules={rules}
          selectedId={selected.id}
          decisions={decided.decisions}
          onSelect={select}
        />
        <LoadMore
          what="clips"
          hasMore={list.hasNextPage}
          isLoading={list.isFetchingNextPage}
          onLoad={() => void list.fetchNextPage()}
        />
      </div>
      <ScreenedPanel
        projectId={projectId}
        clip={selected}
        clips={clips}
        decision={decision}
        commands={commands}
        onSelect={select}
      />
      {isRejecting && (
        <Rejecting clip={selected} decided={decided} onClose={() => setIsRejecting(false)} />
      )}
    </div>
  );
}

interface RejectingProps {
  clip: ScreenedClip;
  decided: ReturnType<typeof useDecisions>;
  onClose: () => void;
}

/** Asks why, with the reason chosen that the rules have already found. */
function Rejecting({ clip, decided, onClose }: RejectingProps) {
  const decision = decided.decisions.get(clip.id);
  return (
    <RejectDialog
      reasons={UNUSABLE_REASONS}
      suggested={troublesOf(clip.findings)[0]?.reason ?? ""}
      isBusy={decision?.isSending ?? false}
      error={decision?.error ?? null}
      onSubmit={(why) => decided.reject(clip, why, onClose)}
      onClose={onClose}
    />
  );
}
