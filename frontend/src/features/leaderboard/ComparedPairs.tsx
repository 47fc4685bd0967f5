import type { ComparedJudges } from "@/api/evaluations";
import { sayCorrelation } from "./correlations";
import { METRIC_LABELS, readMetric } from "./metricLabels";
import { type Column, DataTable } from "@/ui/DataTable";
import { Facts } from "@/ui/Facts";

type Pair = ComparedJudges["pairs"][number];
type Compared = Pair["metrics"][number];

const COLUMNS: readonly Column<Compared>[] = [
  {
    key: "metric",
    header: "Metric",
    cell: ({ metric }) => {
      const known = readMetric(metric);
      return known === undefined ? metric : METRIC_LABELS[known];
    },
  },
  {
    key: "pearson",
    header: "Pearson",
    numeric: true,
    cell: ({ texts }) => sayCorrelation(texts.pearson),
  },
  {
    key: "spearman",
    header: "Spearman",
    numeric: true,
    cell: ({ texts }) => sayCorrelation(texts.spearman),
  },
  { key: "tau", header: "Tau", numeric: true, cell: ({ texts }) => sayCorrelation(texts.tau) },
  { key: "texts", header: "Texts", numeric: true, cell: ({ texts }) => texts.count },
  {
    key: "rows",
    header: "Tau of the rows' order",
    numeric: true,
    cell: ({ rows }) => sayCorrelation(rows.tau),
  },
  { key: "count", header: "Rows", numeric: true, cell: ({ rows }) => rows.count },
];

/** Every two judges: 1 is the same order of texts or rows, 0 none, −1 the reversed one. */
export function ComparedPairs({ result }: { result: ComparedJudges }) {
  return result.pairs.map((pair) => {
    const names = `${result.judges[pair.one] ?? ""} and ${result.judges[pair.other] ?? ""}`;
    const { events, relations } = pair;
    return (
      <section key={names} aria-label={names}>
        <h3>{names}</h3>
        <DataTable
          caption={`Numbers of ${names}`}
          columns={COLUMNS}
          rows={pair.metrics}
          rowKey={({ metric }) => metric}
          empty={<p className="quiet">They gave no metric in common.</p>}
        />
        <Facts
          facts={[
            {
              name: "Events that both found",
              value: `${sayCorrelation(events.f1)} of ${events.texts} texts; ${sayCorrelation(events.one_each)} and ${sayCorrelation(events.other_each)} a text`,
            },
            {
              name: "Equal relations of these",
              value: `${sayCorrelation(relations.equal)}, kappa ${sayCorrelation(relations.kappa)}, of ${relations.count}`,
            },
          ]}
        />
      </section>
    );
  });
}
