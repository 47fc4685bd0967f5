import type { Difference } from "./recipeValues";
import { fieldLabel, sayValue } from "./runLabels";
import { type Column, DataTable } from "@/ui/DataTable";

interface Props {
  /** What the values before are, for the column's head. */
  before: string;
  after: string;
  rows: readonly Difference[];
  /** Said where nothing differs. */
  empty: string;
}

/** Two recipes beside each other, in what differs. */
export function DifferenceTable({ before, after, rows, empty }: Props) {
  const columns: readonly Column<Difference>[] = [
    { key: "field", header: "Field", cell: ({ field }) => fieldLabel(field) },
    { key: "before", header: before, cell: (row) => <del>{sayValue(row.before)}</del> },
    { key: "after", header: after, cell: (row) => <ins>{sayValue(row.after)}</ins> },
  ];
  return (
    <DataTable
      caption={`What differs from ${before}`}
      columns={columns}
      rows={rows}
      rowKey={({ field }) => field}
      empty={<p className="quiet">{empty}</p>}
    />
  );
}
