import type { DraftStatistics, DraftTotals } from "@/api/modelVersions";
import { sayMoney } from "@/core/money";
import { CountBars } from "./CountBars";
import { failureLabel } from "./failureLabels";
import classes from "./plots.module.css";
import { TotalsTable } from "./TotalsTable";
import { Card } from "@/ui/Card";

interface Props {
  name: string;
  statistics: DraftStatistics;
}

/** One version: where it does well, and why its drafts fail or are not used. */
export function VersionDetails({ name, statistics }: Props) {
  const { total, failures, refused_reasons: refused } = statistics;
  return (
    <>
      <div className={classes.pair}>
        <Card title={`Why drafts of ${name} failed`}>
          <p className="quiet">{sayEnded(total)}</p>
          <CountBars
            label="Reasons of failed drafts"
            counts={failures}
            sayName={failureLabel}
            empty="None has failed."
          />
        </Card>
        <Card title="Why reviewers left its sentences out">
          <CountBars
            label="Reasons of sentences left out"
            counts={refused}
            sayName={(reason) => reason}
            empty="No reviewer has given a reason yet."
          />
        </Card>
      </div>
      <Groups title={`${name} by source`} header="Source" groups={statistics.by_source} />
      <Groups title={`${name} by emotion`} header="Emotion" groups={statistics.by_emotion} />
    </>
  );
}

function sayEnded({ drafts, ready, price }: DraftTotals): string {
  return `${ready} of ${drafts} are ready. They cost ${sayMoney(price)} in all.`;
}

interface GroupsProps {
  title: string;
  header: string;
  groups: Readonly<Record<string, DraftTotals>>;
}

function Groups({ title, header, groups }: GroupsProps) {
  return (
    <Card title={title}>
      <TotalsTable
        caption={`Drafts of ${title}`}
        header={header}
        rows={Object.entries(groups).map(([name, totals]) => ({
          key: name,
          name: name === "" ? <span className="quiet">Not named</span> : name,
          totals,
        }))}
      />
    </Card>
  );
}
