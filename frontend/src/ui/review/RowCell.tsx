import { Button } from "@mantine/core";
import type { ReactNode } from "react";

import type { Sentence } from "@/core/captionDocument";
import type { Source } from "@/core/picks";
import { DiffText } from "@/ui/DiffText";
import { InferredText } from "@/ui/review/InferredText";
import classes from "@/ui/review/ReviewRows.module.css";

interface Props {
  source: Source;
  sentence: Sentence | null;
  /** The digit that takes it, if there is one. */
  digit: number | null;
  isTaken: boolean;
  canTake: boolean;
  /** The two texts to compare word by word; null to show the sentence as it stands. */
  difference: { before: string; after: string } | null;
  note?: ReactNode;
  onTake: () => void;
  /** Null while there is nothing taken that it could be added to. */
  onMerge: (() => void) | null;
}

const NAMES: Readonly<Record<Source["kind"], string>> = {
  annotation: "Annotation",
  draft: "Draft",
  consolidation: "Result",
};

export function nameOfSource({ kind, label }: Source): string {
  return `${NAMES[kind]} ${label}`;
}

/** What one column says in a row, and the buttons that take it. */
export function RowCell(props: Props) {
  const { source, sentence, digit, isTaken, canTake, difference, note, onTake } = props;
  const name = nameOfSource(source);
  return (
    <div
      className={classes.cell}
      role="group"
      aria-label={name}
      data-taken={isTaken}
      data-draft={source.kind === "draft"}
    >
      <div className={classes.head}>
        <strong>
          {source.label}
          {isTaken && <span> ✓ taken</span>}
        </strong>
        {sentence !== null && canTake && (
          <span>
            <Button size="compact-sm" variant="subtle" onClick={onTake}>
              Take
              <span className="visually-hidden">{` ${name}: ${sentence.text}`}</span>{" "}
              {digit !== null && <kbd aria-hidden>{digit}</kbd>}
            </Button>
            {props.onMerge !== null && !isTaken && (
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={`Add ${name}: ${sentence.text}`}
                onClick={props.onMerge}
              >
                Add
              </Button>
            )}
          </span>
        )}
      </div>
      {sentence === null ? (
        <span className="quiet">says nothing here</span>
      ) : (
        <span>
          {difference === null ? (
            <InferredText sentence={sentence} />
          ) : (
            <DiffText {...difference} />
          )}
        </span>
      )}
      {note}
    </div>
  );
}
