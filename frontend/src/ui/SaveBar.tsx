import { Button } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "@/ui/SaveBar.module.css";

interface Props {
  hasEdits: boolean;
  isSaving: boolean;
  /** What is said once the edits are saved; null before. */
  saved: string | null;
  onUndo: () => void;
  /** Further buttons. */
  children?: ReactNode;
}

/** The end of a long form, always in sight: whether it is saved, and the way back. */
export function SaveBar({ hasEdits, isSaving, saved, onUndo, children }: Props) {
  return (
    <div className={classes.bar}>
      <span className="quiet" role="status">
        {hasEdits ? "Not saved yet." : saved}
      </span>
      {children}
      <Button variant="default" disabled={!hasEdits} onClick={onUndo}>
        Undo my changes
      </Button>
      <Button type="submit" disabled={!hasEdits} loading={isSaving}>
        Save
      </Button>
    </div>
  );
}
