import type { ComparedJudges, Correlation } from "@/api/evaluations";
import { sayCorrelation } from "./correlations";
import { type Column, DataTable } from "@/ui/DataTable";

interface Row {
  judge: string;
  verdicts: Correlation;
  outcomes: Correlation;
}

const COLUMNS: readonly Column<Row>[] = [
  { key: "judge", header: "Judge", cell: ({ judge }) => judge },
  {
    key: "verdicts",
    header: "TEM beside reviewers' verdicts",
    numeric: true,
    cell: ({ verdicts }) => `${sayCorrelation(verdicts.spearman)} (${verdicts.count} annotations)`,
  },
  {
    key: "outcomes",
    header: "TEM beside second reviewers' agreement",
    numeric: true,
    cell: ({ outcomes }) => `${sayCorrelation(outcomes.spearman)} (${outcomes.count} reviews)`,
  },
];

/** A judge is worth as much as it says what people said of the same texts. */
export function JudgesAndPeople({ result }: { result: ComparedJudges }) {
  const rows = result.people.map((beside, index) => ({
    judge: result.judges[index] ?? "",
    ...beside,
  }));
  return (
    <section aria-label="Judges beside people">
      <h3>Beside people</h3>
      <DataTable
        caption="Spearman's correlation of judges with people"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ judge }) => judge}
        empty=""
      />
      <p className="quiet">Of fewer than three there is no number.</p>
    </section>
  );
}
