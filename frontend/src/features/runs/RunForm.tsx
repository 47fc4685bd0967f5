import { Button, Checkbox, Group } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { checkQuery, startRun } from "@/api/runs";
import { DifferenceTable } from "./DifferenceTable";
import { firstChoices, firstEdits, type Offered } from "./firstChoices";
import { MemoryCard } from "./MemoryCard";
import { RecipeFields } from "./RecipeFields";
import { differences, type FlatRecipe, flatten, unflatten } from "./recipeValues";
import { RunChoices } from "./RunChoices";
import classes from "./runs.module.css";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";

// Long enough that a number is checked once, not digit by digit.
const PAUSE_MS = 400;

interface Props extends Offered {
  projectId: number;
}

export function RunForm(props: Props) {
  const { projectId, recipes, versions, devices, sets, former } = props;
  const navigate = useNavigate();
  const [choices, setChoices] = useState(() => firstChoices(props));
  const [edits, setEdits] = useState<FlatRecipe>(() => firstEdits(props));
  const [fitsAnyway, setFitsAnyway] = useState(false);
  const preset = flatten(recipes.presets[choices.preset] ?? {});
  const values: FlatRecipe = { ...preset, ...edits, preset: choices.preset };
  const asked = {
    recipe: unflatten(values),
    version: choices.version,
    device_kind: choices.deviceKind,
    launcher: choices.launcher,
  };
  const [settled] = useDebouncedValue(JSON.stringify(asked), PAUSE_MS);
  const checked = useQuery({
    ...checkQuery(projectId, settled),
    placeholderData: keepPreviousData,
  });
  const start = useMutation({
    mutationFn: () =>
      startRun(projectId, {
        ...asked,
        name: choices.name.trim(),
        instruction_set: choices.instructionSet,
        device_count: choices.deviceCount,
        cloned_from: former?.uid ?? "",
        fits_anyway: fitsAnyway,
        seed: null,
      }),
    onSuccess: ({ uid }) => navigate({ to: "/training-runs/$runUid", params: { runUid: uid } }),
  });
  const problems = checked.data?.problems ?? [];
  return (
    <form
      aria-label="New run"
      className={classes.parts}
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <RunChoices
        choices={choices}
        presets={Object.keys(recipes.presets)}
        launchers={recipes.launchers}
        versions={versions}
        devices={devices}
        sets={sets}
        error={start.error}
        onChange={(changes) => {
          // Another preset is another beginning: what was changed belonged to the former.
          if (changes.preset !== undefined) setEdits({});
          setChoices({ ...choices, ...changes });
        }}
      />
      <MemoryCard
        checked={checked.data ?? null}
        error={checked.error}
        devices={devices}
        choices={choices}
      />
      <RecipeFields
        fields={recipes.fields}
        values={values}
        problems={problems}
        onChange={(field, value) => setEdits({ ...edits, [field]: value })}
      />
      <Card title="What differs">
        <DifferenceTable
          before={former === null ? `The preset ${choices.preset}` : `Run ${former.number}`}
          after="This run"
          rows={differences(former === null ? preset : flatten(former.recipe), values)}
          empty={
            former === null
              ? `Nothing: the run is trained as the preset ${choices.preset} has it.`
              : `Nothing: the recipe is that of run ${former.number}.`
          }
        />
      </Card>
      <ErrorNotice error={start.error} />
      <Group>
        <Button type="submit" loading={start.isPending} disabled={choices.name.trim() === ""}>
          Start the run
        </Button>
        <Checkbox
          label="Start although the memory may not be enough"
          checked={fitsAnyway}
          onChange={({ currentTarget: { checked: isChecked } }) => setFitsAnyway(isChecked)}
        />
      </Group>
    </form>
  );
}
