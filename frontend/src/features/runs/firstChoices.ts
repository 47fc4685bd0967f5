import type { DatasetVersion, InstructionSet } from "@/api/datasets";
import type { Device, Recipes, RunDetail } from "@/api/runs";
import { differences, type FlatRecipe, flatten } from "./recipeValues";
import type { Choices } from "./RunChoices";

/** What there is to choose from, and what the choice begins with. */
export interface Offered {
  recipes: Recipes;
  versions: readonly DatasetVersion[];
  devices: readonly Device[];
  sets: readonly InstructionSet[];
  /** The run that is cloned. */
  former: RunDetail | null;
  firstVersion: string | null;
}

export function firstChoices(offered: Offered): Choices {
  const { former, firstVersion, recipes } = offered;
  if (former === null)
    return { ...newChoices(offered), version: knownVersion(offered, firstVersion) };
  return {
    name: `${former.name}, again`,
    preset: former.preset,
    version: knownVersion(offered, firstVersion ?? former.version.uid),
    instructionSet: former.instruction_set.uid,
    deviceKind: former.device_kind,
    deviceCount: former.device_count,
    launcher: recipes.launchers.includes(former.launcher) ? former.launcher : "local",
  };
}

/** The paper's preset where a GPU is, and what a processor learns in minutes elsewhere. */
function newChoices({ recipes, devices, sets }: Offered): Omit<Choices, "version"> {
  const hasGpu = devices.some(({ kind }) => kind === "cuda");
  const names = Object.keys(recipes.presets);
  const proposed = hasGpu ? "paper" : "mini";
  return {
    name: "",
    preset: names.includes(proposed) ? proposed : (names[0] ?? ""),
    instructionSet: sets[0]?.uid ?? "",
    deviceKind: hasGpu ? "cuda" : "cpu",
    deviceCount: 1,
    launcher: "local",
  };
}

function knownVersion({ versions }: Offered, wanted: string | null): string {
  return (versions.find(({ uid }) => uid === wanted) ?? versions[0])?.uid ?? "";
}

/** What a cloned run has otherwise than its preset. */
export function firstEdits({ recipes, former }: Offered): FlatRecipe {
  if (former === null) return {};
  const preset = flatten(recipes.presets[former.preset] ?? {});
  const changed = differences(preset, flatten(former.recipe));
  return Object.fromEntries(changed.map(({ field, after }) => [field, after]));
}
