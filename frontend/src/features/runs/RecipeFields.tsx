import type { CheckedRecipe, RecipeField } from "@/api/runs";
import { FieldInput } from "./FieldInput";
import type { FlatRecipe } from "./recipeValues";
import classes from "./runs.module.css";
import { Card } from "@/ui/Card";

interface Props {
  fields: readonly RecipeField[];
  values: FlatRecipe;
  problems: CheckedRecipe["problems"];
  onChange: (field: string, value: unknown) => void;
}

const GROUPS: readonly { name: string; title: string }[] = [
  { name: "", title: "Base and length" },
  { name: "train", title: "Training" },
  { name: "lora", title: "Low-rank weights" },
  { name: "frames", title: "Frames" },
  { name: "save", title: "Checkpoints" },
];
// Chosen above.
const ELSEWHERE: ReadonlySet<string> = new Set(["name", "preset"]);

const groupOf = (field: string) => (field.includes(".") ? field.slice(0, field.indexOf(".")) : "");

/** Every field of the recipe, in the groups that the file has. */
export function RecipeFields({ fields, values, problems, onChange }: Props) {
  return (
    <Card title="Recipe">
      {GROUPS.map(({ name, title }) => (
        <fieldset key={name} className={classes.group}>
          <legend>{title}</legend>
          <div className={classes.fields}>
            {fields
              .filter((field) => groupOf(field.name) === name && !ELSEWHERE.has(field.name))
              .map((field) => (
                <FieldInput
                  key={field.name}
                  field={field}
                  value={values[field.name]}
                  error={problems.find((problem) => problem.field === field.name)?.message ?? null}
                  onChange={(value) => onChange(field.name, value)}
                />
              ))}
          </div>
        </fieldset>
      ))}
    </Card>
  );
}
