/** A recipe as the server sends it: groups of values, one deep. */
export type Recipe = Readonly<Record<string, unknown>>;

/** By path with dots, as fields, problems and changes are named. */
export type FlatRecipe = Readonly<Record<string, unknown>>;

const isGroup = (value: unknown): value is Recipe =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function flatten(recipe: Recipe, above = ""): FlatRecipe {
  return Object.fromEntries(
    Object.entries(recipe).flatMap(([name, value]) =>
      isGroup(value)
        ? Object.entries(flatten(value, `${above}${name}.`))
        : [[`${above}${name}`, value]],
    ),
  );
}

export function unflatten(values: FlatRecipe): Recipe {
  const recipe: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    const dot = path.indexOf(".");
    if (dot < 0) {
      recipe[path] = value;
    } else {
      const group = recipe[path.slice(0, dot)];
      recipe[path.slice(0, dot)] = {
        ...(isGroup(group) ? group : {}),
        [path.slice(dot + 1)]: value,
      };
    }
  }
  return recipe;
}

export interface Difference {
  field: string;
  before: unknown;
  after: unknown;
}

// What a run is called says nothing of how it is trained.
const UNTOLD: ReadonlySet<string> = new Set(["name"]);

/** The fields in which two recipes differ, in the order of the second. */
export function differences(before: FlatRecipe, after: FlatRecipe): Difference[] {
  return Object.keys(after)
    .filter((field) => !UNTOLD.has(field))
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}
