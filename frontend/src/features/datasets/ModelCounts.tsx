import { type ActionCount, type CardContent, type DataCard } from "@/api/datasets";
import { countOf } from "@/core/counting";
import { AskForCount } from "./AskForCount";
import { sayMean, sayScope, type Scope } from "./cardWords";
import classes from "./datasets.module.css";
import { Histogram } from "./Histogram";
import { type Column, DataTable } from "@/ui/DataTable";
import { Time } from "@/ui/Time";

interface Props {
  versionUid: string;
  projectId: number;
  card: DataCard;
}

/** What hosted models counted, beside the lexicon's count and never mixed with it. */
export function ModelCounts({ versionUid, projectId, card }: Props) {
  const { content, action_counts: counts } = card;
  if (content === null) return null;
  return (
    <section className={classes.counts} aria-label="Facial actions by who counted">
      <h3>Facial actions by who counted</h3>
      {counts.length > 0 && <Compared content={content} counts={counts} />}
      <AskForCount versionUid={versionUid} projectId={projectId} card={card} />
    </section>
  );
}

function Compared({ content, counts }: { content: CardContent; counts: readonly ActionCount[] }) {
  const all = content.scopes.find(({ by }) => by === "all");
  return (
    <>
      <div className={classes.plots}>
        {all !== undefined && (
          <Histogram title="A caption, by the lexicon" summary={all.facial_actions} />
        )}
        {counts.map((count) => {
          const found = all && countedIn(count, all);
          const title = `A caption, by ${count.model_name}`;
          return found && <Histogram key={count.model} title={title} summary={found} />;
        })}
      </div>
      <DataTable
        caption="Facial actions a caption, by who counted"
        columns={columnsOf(counts)}
        rows={content.scopes}
        rowKey={({ by, name }) => `${by} ${name}`}
        empty={null}
      />
      {counts.map((count) => (
        <p key={count.model} className="quiet">
          {count.model_name} counted <Time at={count.made_at} />, by question {count.prompt_version}
          {count.not_counted > 0 &&
            `; ${countOf(count.not_counted, "caption")} got no usable answer`}
          {count.left_out > 0 &&
            `; ${countOf(count.left_out, "caption")} left out as no longer allowed`}
        </p>
      ))}
    </>
  );
}

const columnsOf = (counts: readonly ActionCount[]): readonly Column<Scope>[] => [
  { key: "scope", header: "Of", cell: sayScope },
  {
    key: "lexicon",
    header: "The lexicon",
    numeric: true,
    cell: ({ facial_actions }) => sayMean(facial_actions),
  },
  ...counts.map((count): Column<Scope> => ({
    key: count.model,
    header: count.model_name,
    numeric: true,
    cell: (scope) => {
      const found = countedIn(count, scope);
      return found === undefined ? "not counted" : sayMean(found);
    },
  })),
];

function countedIn(count: ActionCount, { by, name }: Scope) {
  return count.scopes.find((scope) => scope.by === by && scope.name === name)?.facial_actions;
}
