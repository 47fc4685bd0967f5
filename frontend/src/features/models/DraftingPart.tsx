import { BudgetCard } from "./BudgetCard";
import { DraftMany } from "./DraftMany";
import { DraftQueue } from "./DraftQueue";
import classes from "./models.module.css";

/** Drafts of many clips: asked for, waited for, paid for. */
export function DraftingPart({ projectId }: { projectId: number }) {
  return (
    <div className={classes.part}>
      <DraftMany projectId={projectId} />
      <DraftQueue projectId={projectId} />
      <BudgetCard projectId={projectId} />
    </div>
  );
}
