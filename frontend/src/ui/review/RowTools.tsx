import { Button, SegmentedControl, Switch } from "@mantine/core";

import type { ReviewRow } from "@/core/rowDecisions";
import type { Comparison } from "@/ui/review/ReviewRows";
import type { ReviewEditing } from "@/ui/review/useReviewEditing";

export interface RowChoice {
  filter: "all" | "open" | "conflict";
  comparison: Comparison;
  areDraftsShown: boolean;
}

interface Props {
  hasConflicts: boolean;
  choice: RowChoice;
  onChoose: (choice: RowChoice) => void;
  hasDrafts: boolean;
  /** Null where nothing can be chosen any more. */
  onAcceptAgreed: (() => void) | null;
}

const FILTERS: { value: RowChoice["filter"]; label: string }[] = [
  { value: "all", label: "All rows" },
  { value: "open", label: "Open" },
  { value: "conflict", label: "Conflicts" },
];

const COMPARISONS: { value: Comparison; label: string }[] = [
  { value: "none", label: "As written" },
  { value: "first", label: "Against the first" },
  { value: "result", label: "Against the result" },
];

/** The rows that the filter leaves; rows of drafts alone come and go with the drafts. */
export function rowsShown(
  { desk, view }: ReviewEditing,
  choice: RowChoice,
  open: readonly ReviewRow[],
): readonly ReviewRow[] {
  return desk.rows.filter((row) => {
    if (row.state === "draft" && !choice.areDraftsShown) return false;
    // The selected row stays until another one is selected, though it was just decided.
    if (choice.filter === "all" || row.id === view.selectedId) return true;
    return choice.filter === "open" ? open.includes(row) : row.state === "conflict";
  });
}

/** Which rows are shown, and how. */
export function RowTools({ hasConflicts, choice, onChoose, hasDrafts, onAcceptAgreed }: Props) {
  return (
    <>
      <h2>Rows</h2>
      <SegmentedControl
        size="xs"
        aria-label="Which rows are shown"
        data={FILTERS.filter(({ value }) => hasConflicts || value !== "conflict")}
        value={choice.filter}
        onChange={(filter) => onChoose({ ...choice, filter })}
      />
      <SegmentedControl
        size="xs"
        aria-label="Word differences"
        data={COMPARISONS.filter(({ value }) => hasConflicts || value !== "first")}
        value={choice.comparison}
        onChange={(comparison) => onChoose({ ...choice, comparison })}
      />
      {hasDrafts && (
        <Switch
          label="Drafts"
          checked={choice.areDraftsShown}
          onChange={(event) => onChoose({ ...choice, areDraftsShown: event.currentTarget.checked })}
        />
      )}
      {onAcceptAgreed !== null && (
        <Button size="compact-sm" variant="default" onClick={onAcceptAgreed}>
          Take all that agree <kbd>A</kbd>
        </Button>
      )}
    </>
  );
}
