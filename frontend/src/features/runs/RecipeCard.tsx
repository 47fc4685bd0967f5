import { skipToken, useQuery } from "@tanstack/react-query";

import { recipesQuery, type RunDetail, runQuery } from "@/api/runs";
import { DifferenceTable } from "./DifferenceTable";
import { differences, flatten } from "./recipeValues";
import { fieldLabel, sayValue, sayVersion } from "./runLabels";
import { Card } from "@/ui/Card";
import { Facts } from "@/ui/Facts";

const toldOf = ({ version, instruction_set: set, seed, recipe }: RunDetail) => ({
  dataset_version: sayVersion(version),
  instructions: `${set.name} ${set.version}, drawn by seed ${seed}`,
  ...flatten(recipe),
});

/** What the run was told: how that differs from its preset and from the run it was cloned from. */
export function RecipeCard({ run }: { run: RunDetail }) {
  const recipes = useQuery(recipesQuery);
  const former = run.cloned_from;
  const cloned = useQuery(
    former === null ? { queryKey: ["runs"], queryFn: skipToken } : runQuery(former.uid),
  );
  const recipe = flatten(run.recipe);
  const preset = recipes.data?.presets[run.preset];
  return (
    <Card title="Recipe">
      {preset !== undefined && (
        <DifferenceTable
          before={`The preset ${run.preset}`}
          after="This run"
          rows={differences(flatten(preset), recipe)}
          empty={`As the preset ${run.preset} has it.`}
        />
      )}
      {former !== null && cloned.data !== undefined && (
        <DifferenceTable
          before={`Run ${former.number}`}
          after="This run"
          rows={differences(toldOf(cloned.data), toldOf(run))}
          empty={`The same as run ${former.number}.`}
        />
      )}
      <details>
        <summary>Every field</summary>
        <Facts
          facts={Object.entries(recipe).map(([field, value]) => ({
            name: fieldLabel(field),
            value: sayValue(value),
          }))}
        />
      </details>
    </Card>
  );
}
