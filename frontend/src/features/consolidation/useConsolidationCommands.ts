import { bindCommands, type Command } from "@/core/commands";
import type { ReviewRow } from "@/core/rowDecisions";
import { lookingHandlers, resultHandlers, rowHandlers } from "@/ui/review/rowCommands";
import { useCommands } from "@/ui/work/useCommands";

import type { ConsolidationSession } from "./useConsolidation";

interface Extras {
  rows: readonly ReviewRow[];
  onDrop: (row: ReviewRow) => void;
  onFinish: () => void;
  onHelp: () => void;
  onToggleDrafts: () => void;
}

/** The commands of the page; those that change the result rest while it is read-only. */
export function useConsolidationCommands(session: ConsolidationSession, extras: Extras): Command[] {
  const { editing, journal, isReadOnly } = session;
  const writing = {
    ...rowHandlers(editing, extras.onDrop),
    ...resultHandlers(editing, () => void journal.flush()),
    acceptAgreed: { run: () => editing.desk.acceptAgreed() },
    finish: { run: extras.onFinish },
  };
  const commands = bindCommands({
    ...lookingHandlers(editing, extras.rows),
    ...(isReadOnly ? {} : writing),
    toggleDrafts: { run: extras.onToggleDrafts },
    help: { run: extras.onHelp },
  });
  useCommands(commands);
  return commands;
}
