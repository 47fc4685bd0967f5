import { bindCommands, type Command, type Handlers } from "@/core/commands";
import type { Phase } from "@/core/captionDocument";
import { playerHandlers } from "@/ui/player/playerCommands";
import { useCommands } from "@/ui/work/useCommands";

import type { WorkspaceSession } from "./useWorkspace";

interface Extras {
  onSubmit: () => void;
  onSkip: () => void;
  onHelp: () => void;
  onToggleDraft: (index: number) => void;
  /** Null while no draft sentence has the focus. */
  insertDraftSentence: (() => void) | null;
}

function sentenceHandlers({ working, view, actions, driver }: WorkspaceSession): Handlers {
  const { clock } = driver;
  const selected = view.selectedId === null ? null : working.selected();
  const change = selected?.part === "facial_changes" ? selected.sentence : null;
  const isEnabled = change !== null;
  const setPhase = (phase: Phase) => ({
    isEnabled,
    run: () => change !== null && actions.setPhase(change.id, phase),
  });
  const setEdge = (edge: "start" | "end") => ({
    isEnabled,
    run: () => change !== null && actions.setEdge(change.id, edge, clock.current().frame),
  });
  return {
    playSentence: {
      isEnabled: Boolean(change?.frames),
      run: () => {
        if (change?.frames) clock.playOnce(change.frames);
      },
    },
    sentenceStart: setEdge("start"),
    sentenceEnd: setEdge("end"),
    phaseBeginning: setPhase("beginning"),
    phaseProgress: setPhase("progress"),
    phaseMiddle: setPhase("middle"),
    phaseEnd: setPhase("end"),
  };
}

function textHandlers({ working, view, registry, journal }: WorkspaceSession): Handlers {
  const moveSelection = (places: number) => {
    const wasTyping = registry.current() !== null;
    working.selectNext(places);
    const { selectedId } = working.current();
    if (wasTyping && selectedId !== null) registry.focus(selectedId);
  };
  return {
    nextSentence: { run: () => moveSelection(1) },
    previousSentence: { run: () => moveSelection(-1) },
    markInference: { run: () => registry.current()?.commands.toggleInference() },
    undo: { run: () => working.undo(), isEnabled: view.canUndo },
    redo: { run: () => working.redo(), isEnabled: view.canRedo },
    leaveText: {
      run: () => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      },
    },
    returnToText: {
      run: () => {
        if (!registry.returnToText() && view.selectedId !== null) registry.focus(view.selectedId);
      },
    },
    saveNow: { run: () => void journal.flush() },
  };
}

/** The commands of the workspace; those that change the text rest while it is read-only. */
export function useWorkspaceCommands(session: WorkspaceSession, extras: Extras): Command[] {
  const { isReadOnly } = session;
  const writing: Handlers = {
    ...sentenceHandlers(session),
    ...textHandlers(session),
    insertDraftSentence: {
      run: () => extras.insertDraftSentence?.(),
      isEnabled: extras.insertDraftSentence !== null,
    },
    submit: { run: extras.onSubmit },
    skip: { run: extras.onSkip },
  };
  const handlers: Handlers = {
    ...playerHandlers(session.driver),
    ...(isReadOnly ? {} : writing),
    firstDraft: { run: () => extras.onToggleDraft(0) },
    secondDraft: { run: () => extras.onToggleDraft(1) },
    help: { run: extras.onHelp },
  };
  const commands = bindCommands(handlers);
  useCommands(commands);
  return commands;
}
