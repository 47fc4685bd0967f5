import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";

import type { Phase } from "@/core/captionDocument";
import { isOneResult, type Source } from "@/core/picks";
import type { ReviewRow } from "@/core/rowDecisions";
import type { AskedCurve } from "@/ui/faces/SignalCurves";
import { PHASE_LABELS } from "@/ui/editor/SentenceRow";
import { Icon } from "@/ui/Icon";
import { nameOfSource, RowCell } from "@/ui/review/RowCell";
import { digitsOf, editRow, framesOfRow } from "@/ui/review/rowCommands";
import classes from "@/ui/review/ReviewRows.module.css";
import { nameOfState, RowStateBadge } from "@/ui/review/RowStateBadge";
import type { ReviewEditing } from "@/ui/review/useReviewEditing";

/** What the words of the columns are compared with. */
export type Comparison = "none" | "first" | "result";

interface Props {
  editing: ReviewEditing;
  rows: readonly ReviewRow[];
  comparison: Comparison;
  areDraftsShown: boolean;
  isReadOnly: boolean;
  /** Whether sentences are chosen here, and not only judged. */
  canTake: boolean;
  onDrop: (row: ReviewRow) => void;
  /** The curve that was asked for: it may have opened the panel above the rows. */
  asked: AskedCurve | null;
  /** What else is to be said about a cell: a mark, a note. */
  noteOf?: ((row: ReviewRow, column: number) => ReactNode) | undefined;
}

const PART_NAMES = {
  external_attributes: "Attribute",
  facial_changes: "Change",
  summary: "Summary",
} as const;

/** The rows of a review, one below the other; the selected one answers the keys. */
export function ReviewRows(props: Props) {
  const { editing, rows } = props;
  const { desk } = editing;
  const selected = desk.selected();
  const counted = desk.sources.filter(({ kind }) => kind !== "draft").length;
  return (
    <>
      <p className="visually-hidden" role="status">
        {selected !== null &&
          `Row ${rows.indexOf(selected) + 1} of ${rows.length}: ${nameOfState(selected, counted)}. ${sayDecision(editing, selected)}`}
      </p>
      <ol className={classes.rows} aria-label="Rows">
        {rows.map((row, index) => (
          <RowItem key={row.id} {...props} row={row} number={index + 1} columns={counted} />
        ))}
      </ol>
    </>
  );
}

/** Of a result that is judged: no sentence, one in other words, or the same. */
function sayChange(label: string | null): string {
  if (label === null) return "Left out";
  return label === "" ? "Changed" : "As it was";
}

function sayDecision({ desk, view }: ReviewEditing, row: ReviewRow): string {
  const decision = view.decisions.get(row.id);
  if (decision?.isDropped === true) return "Left out";
  const label = decision?.final ? desk.labelOf(decision.final) : null;
  if (isOneResult(desk.sources)) return sayChange(label);
  if (label === null) return "Open";
  return label === "" ? "In your own words" : `Taken from ${label}`;
}

function phaseOf({ cells }: ReviewRow): Phase | null {
  return cells.find((cell) => cell?.phase)?.phase ?? null;
}

interface ItemProps extends Props {
  row: ReviewRow;
  number: number;
  columns: number;
}

function RowItem(props: ItemProps) {
  const { editing, row, number, columns, areDraftsShown, comparison, asked } = props;
  const { desk, view } = editing;
  const isSelected = view.selectedId === row.id;
  const item = useRef<HTMLLIElement>(null);
  const isDrawn = useRef(false);
  // Rows grow with the drafts and the differences, and move down for a curve; the selected one stays
  // in sight. The page opens at its top all the same.
  useEffect(() => {
    if (isSelected && isDrawn.current) item.current?.scrollIntoView({ block: "nearest" });
    isDrawn.current = true;
  }, [isSelected, areDraftsShown, comparison, asked]);
  const phase = phaseOf(row);
  return (
    // The keys reach every row (arrows); the click is for the mouse only.
    <li
      ref={item}
      className={classes.row}
      aria-current={isSelected}
      aria-label={`Row ${number}`}
      data-phase={phase ?? "none"}
      onClick={() => {
        if (!isSelected) desk.select(row.id);
      }}
    >
      <div className={classes.about}>
        <button type="button" className={classes.number} onClick={() => desk.select(row.id)}>
          {number} · {PART_NAMES[row.part]}
          {phase !== null && ` · ${PHASE_LABELS[phase]}`}
        </button>
        {desk.sources.length > 1 && <RowStateBadge row={row} columns={columns} />}
        <PlayButton editing={editing} row={row} number={number} />
      </div>
      <Cells {...props} />
      <RowActions {...props} />
    </li>
  );
}

function PlayButton({ editing, row, number }: Pick<ItemProps, "editing" | "row" | "number">) {
  const frames = framesOfRow(editing, row);
  if (frames === null) return null;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<Icon name="play" size={12} />}
      aria-label={`Play row ${number}, frames ${frames[0]}–${frames[1] - 1}`}
      onClick={() => editing.driver.clock.playOnce(frames)}
    >
      <span className="figures">
        {frames[0]}–{frames[1] - 1}
      </span>
    </Button>
  );
}

function Cells(props: ItemProps) {
  const { editing, row, comparison, areDraftsShown, canTake, noteOf } = props;
  const { desk, view } = editing;
  const final = view.decisions.get(row.id)?.final ?? null;
  const digits = digitsOf(desk.sources);
  const first = row.cells.findIndex((cell) => cell !== null);
  const taken = final === null ? [] : desk.sourcesOf(final);
  const differenceOf = (column: number) => {
    const cell = row.cells[column];
    if (comparison === "none" || !cell) return null;
    if (comparison === "result") {
      return final === null ? null : { before: cell.text, after: final.text };
    }
    const before = row.cells[first]?.text;
    return column === first || before === undefined ? null : { before, after: cell.text };
  };
  const isTaken = (source: Source, column: number) =>
    !isOneResult(desk.sources) &&
    taken.some(({ uid, sentence }) => uid === source.uid && sentence === row.cells[column]?.id);
  return (
    <div className={classes.cells}>
      {desk.sources.map((source, column) =>
        source.kind === "draft" && !areDraftsShown ? null : (
          <RowCell
            key={nameOfSource(source)}
            source={source}
            sentence={row.cells[column] ?? null}
            digit={digits[column] ?? null}
            isTaken={isTaken(source, column)}
            canTake={canTake}
            difference={differenceOf(column)}
            note={noteOf?.(row, column)}
            onTake={() => desk.take(row, column)}
            onMerge={final === null ? null : () => desk.merge(row, column)}
          />
        ),
      )}
    </div>
  );
}

function RowActions({ editing, row, number, isReadOnly, onDrop }: ItemProps) {
  const decision = editing.view.decisions.get(row.id);
  const edit = decision?.final ? "Edit" : "Write";
  return (
    <div className={classes.actions}>
      <span className="quiet">{sayDecision(editing, row)}</span>
      {!isReadOnly && (
        <>
          <Button size="compact-sm" variant="subtle" onClick={() => editRow(editing, row)}>
            {edit}
            <span className="visually-hidden"> row {number}</span> <kbd aria-hidden>E</kbd>
          </Button>
          {decision?.isDropped === false && (
            <Button size="compact-sm" variant="subtle" onClick={() => onDrop(row)}>
              Leave out
              <span className="visually-hidden"> row {number}</span> <kbd aria-hidden>Del</kbd>
            </Button>
          )}
        </>
      )}
    </div>
  );
}
