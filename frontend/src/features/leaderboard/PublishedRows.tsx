import type { Leaderboard, PublishedRow } from "@/api/evaluations";
import { METRIC_LABELS, readMetric } from "./metricLabels";
import { Card } from "@/ui/Card";
import { type Column, DataTable } from "@/ui/DataTable";

/** The paper's own tables: what to expect of the size of a number, and no rows to beat. */
export function PublishedRows({ table }: { table: Leaderboard }) {
  const groups = [...new Set(table.published.map((row) => row.table))];
  return (
    <Card title="Published rows, apart from ours">
      <p className="quiet">{table.published_note}</p>
      <details>
        <summary>Show the tables of the paper</summary>
        {groups.map((group) => (
          <PublishedTable
            key={group}
            name={group}
            rows={table.published.filter((row) => row.table === group)}
          />
        ))}
      </details>
    </Card>
  );
}

function PublishedTable({ name, rows }: { name: string; rows: readonly PublishedRow[] }) {
  const metrics = Object.keys(rows[0]?.scores ?? {});
  const columns: readonly Column<PublishedRow>[] = [
    { key: "model", header: `${name} of the paper`, cell: ({ model }) => model },
    ...metrics.map((metric) => ({
      key: metric,
      header: sayMetric(metric),
      numeric: true,
      cell: ({ scores }: PublishedRow) => scores[metric] ?? "–",
    })),
  ];
  return (
    <DataTable
      caption={`${name}, published, 1,000 clips`}
      columns={columns}
      rows={rows}
      rowKey={({ model }) => model}
      empty=""
    />
  );
}

function sayMetric(name: string): string {
  const metric = readMetric(name);
  return metric === undefined ? "Mean of the four marks" : METRIC_LABELS[metric];
}
