import type { ProjectAgreement } from "@/api/agreement";
import classes from "./agreement.module.css";
import { FiguresTable } from "./FiguresTable";
import { Card } from "@/ui/Card";
import { EmptyState } from "@/ui/EmptyState";

/** A person's own figures against all others; of the others nothing is told. */
export function OwnFigures({ agreement }: { agreement: ProjectAgreement }) {
  const parts = [
    { title: "Your annotations and the others'", mine: agreement.annotators.people[0] },
    { title: "Your blind reviews and the first results", mine: agreement.reviewers.people[0] },
  ];
  if (parts.every(({ mine }) => mine === undefined)) {
    return (
      <EmptyState title="Nothing of yours is compared yet">
        A clip counts once several people wrote about it and its caption is approved.
      </EmptyState>
    );
  }
  return (
    <div className={classes.part}>
      {parts.map(
        ({ title, mine }) =>
          mine !== undefined && (
            <Card key={title} title={title}>
              <FiguresTable caption={title} figures={mine.figures} />
            </Card>
          ),
      )}
    </div>
  );
}
