import type { CardContent } from "@/api/datasets";
import { countOf } from "@/core/counting";
import { sayFigure, sayMean, sayScope, type Scope } from "./cardWords";
import { MEASURE_LABELS, MEASURES, sayShare } from "./datasetLabels";
import classes from "./datasets.module.css";
import { Histogram } from "./Histogram";
import { StrataBars } from "./StrataBars";
import { type Column, DataTable } from "@/ui/DataTable";
import { Facts } from "@/ui/Facts";

const COLUMNS: readonly Column<Scope>[] = [
  { key: "scope", header: "Of", cell: sayScope },
  { key: "count", header: "Captions", numeric: true, cell: ({ words }) => words.count },
  ...MEASURES.map((measure): Column<Scope> => ({
    key: measure,
    header: MEASURE_LABELS[measure],
    numeric: true,
    cell: (scope) => sayMean(scope[measure]),
  })),
];

/** Means in a table, how they spread in pictures. */
export function CardFigures({ content }: { content: CardContent }) {
  const all = content.scopes.find(({ by }) => by === "all");
  const { lexicon, hedged, agreement } = content;
  return (
    <>
      <div className={classes.plots}>
        {all !== undefined &&
          MEASURES.map((measure) => (
            <Histogram
              key={measure}
              title={`${MEASURE_LABELS[measure]} a caption`}
              summary={all[measure]}
            />
          ))}
      </div>
      <DataTable
        caption="Mean and standard deviation of each caption"
        columns={COLUMNS}
        rows={content.scopes}
        rowKey={({ by, name }) => `${by} ${name}`}
        empty={null}
      />
      <div className={classes.pair}>
        <StrataBars title="By source" strata={content.sources} />
        <StrataBars title="By emotion" strata={content.emotions} />
      </div>
      <Facts
        facts={[
          {
            name: "Still hedging",
            value:
              hedged === null
                ? "Nobody looked for it"
                : `${countOf(hedged.captions, "caption")}, ${hedged.per_thousand} of 1,000`,
          },
          {
            name: "Agreement",
            value:
              agreement === null
                ? ""
                : `event F1 ${sayFigure(agreement.event_f1)}, TEM ${sayFigure(agreement.tem)}, ` +
                  `${sayShare(agreement.word_distance)} of words to change, ` +
                  `of ${agreement.pairs} pairs of annotations`,
          },
          { name: "Rejected in the project", value: sayReasons(content.rejected) },
          {
            name: "Licences",
            value: content.licences
              .map(({ source, licence, clips }) => `${source}: ${licence} (${clips})`)
              .join("; "),
          },
          {
            name: "Counted by",
            value: MEASURES.filter((measure) => measure in content.counters).map((measure) => (
              <div key={measure}>
                {MEASURE_LABELS[measure]}: {content.counters[measure]}
              </div>
            )),
          },
          {
            name: "Lexicon",
            value: `${lexicon.name}, version ${lexicon.version}, ${lexicon.words} forms`,
          },
        ]}
      />
    </>
  );
}

function sayReasons(reasons: Readonly<Record<string, number>>): string {
  return Object.entries(reasons)
    .map(([reason, count]) => `${count} ${reason.replaceAll("_", " ")}`)
    .join(", ");
}
