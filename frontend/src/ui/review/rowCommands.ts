import type { Handler, Handlers } from "@/core/commands";
import type { ActionId } from "@/core/keymap";
import type { Source } from "@/core/picks";
import type { ReviewRow } from "@/core/rowDecisions";
import { playerHandlers } from "@/ui/player/playerCommands";
import type { ReviewEditing } from "@/ui/review/useReviewEditing";

const TAKE = ["takeFirst", "takeSecond", "takeThird"] as const;
const TAKE_DRAFT = ["takeFirstDraft", "takeSecondDraft"] as const;
const MERGE = ["mergeFirst", "mergeSecond", "mergeThird"] as const;
const MERGE_DRAFT = ["mergeFirstDraft", "mergeSecondDraft"] as const;

/** Drafts keep 4 and 5, however many annotations there are. */
export function digitsOf(sources: readonly Source[]): (number | null)[] {
  let counted = 0;
  let drafts = 0;
  return sources.map(({ kind }) => {
    if (kind === "draft") return drafts < TAKE_DRAFT.length ? TAKE.length + ++drafts : null;
    return counted < TAKE.length ? ++counted : null;
  });
}

function actionOf(digit: number, list: readonly ActionId[], drafts: readonly ActionId[]) {
  return list[digit - 1] ?? drafts[digit - 1 - list.length];
}

function columnHandlers({ desk }: ReviewEditing, row: ReviewRow | null): Handlers {
  const handlers: Handlers = {};
  digitsOf(desk.sources).forEach((digit, column) => {
    if (digit === null) return;
    const isEnabled = Boolean(row?.cells[column]);
    const [take, merge] = [actionOf(digit, TAKE, TAKE_DRAFT), actionOf(digit, MERGE, MERGE_DRAFT)];
    if (take) handlers[take] = { isEnabled, run: () => row && desk.take(row, column) };
    if (merge) handlers[merge] = { isEnabled, run: () => row && desk.merge(row, column) };
  });
  return handlers;
}

/** The frames of a row: those of its result, else of the first column that has any. */
export function framesOfRow({ view }: ReviewEditing, row: ReviewRow): [number, number] | null {
  const final = view.decisions.get(row.id)?.final;
  return final?.frames ?? row.cells.find((cell) => cell?.frames)?.frames ?? null;
}

export function editRow({ desk, registry }: ReviewEditing, row: ReviewRow): void {
  const known = desk.current().decisions.get(row.id)?.final?.id;
  const id = desk.openToEdit(row);
  if (known === undefined) registry.focusNext(id, "end");
  else registry.focus(id);
}

/** Choosing among the columns of the selected row. */
export function rowHandlers(
  editing: ReviewEditing,
  canTake: boolean,
  onDrop: (row: ReviewRow) => void,
): Handlers {
  const { desk, view } = editing;
  const row = desk.selected();
  const isEnabled = row !== null;
  return {
    ...(canTake ? columnHandlers(editing, row) : {}),
    editRow: { isEnabled, run: () => row && editRow(editing, row) },
    dropRow: { isEnabled, run: () => row && onDrop(row) },
    undoPick: { isEnabled: view.canUndoPick, run: () => desk.undoPick() },
  };
}

function edgeHandler({ desk, actions, driver }: ReviewEditing, edge: "start" | "end"): Handler {
  const selected = desk.working.selected();
  return {
    isEnabled: selected?.part === "facial_changes",
    run: () =>
      selected && actions.setEdge(selected.sentence.id, edge, driver.clock.current().frame),
  };
}

/** Editing the result itself; the same on every reviewer's page. */
export function resultHandlers(editing: ReviewEditing, onSave: () => void): Handlers {
  const { desk, registry, written } = editing;
  return {
    resultStart: edgeHandler(editing, "start"),
    resultEnd: edgeHandler(editing, "end"),
    markInference: { run: () => registry.current()?.commands.toggleInference() },
    undo: { run: () => desk.working.undo(), isEnabled: written.canUndo },
    redo: { run: () => desk.working.redo(), isEnabled: written.canRedo },
    leaveText: {
      run: () => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      },
    },
    returnToText: {
      run: () => {
        if (!registry.returnToText() && written.selectedId !== null) {
          registry.focus(written.selectedId);
        }
      },
    },
    saveNow: {
      run: () => {
        desk.settleTyping();
        onSave();
      },
    },
  };
}

/** Looking only: moving between the rows that are shown, and the video. */
export function lookingHandlers(
  editing: ReviewEditing,
  rows: readonly ReviewRow[],
  open: readonly ReviewRow[],
): Handlers {
  const { desk, driver } = editing;
  const row = desk.selected();
  const frames = row === null ? null : framesOfRow(editing, row);
  return {
    ...playerHandlers(driver),
    nextRow: { run: () => desk.selectNext(1, rows) },
    previousRow: { run: () => desk.selectNext(-1, rows) },
    nextOpenRow: { run: () => desk.selectNext(1, open) },
    previousOpenRow: { run: () => desk.selectNext(-1, open) },
    playRow: {
      isEnabled: frames !== null,
      run: () => {
        if (frames !== null) driver.clock.playOnce(frames);
      },
    },
  };
}
