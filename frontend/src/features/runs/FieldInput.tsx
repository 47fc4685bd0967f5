import { Checkbox, MultiSelect, NumberInput, Select, TextInput } from "@mantine/core";
import type { ComponentType } from "react";

import type { RecipeField } from "@/api/runs";
import { fieldLabel } from "./runLabels";
import classes from "./runs.module.css";

interface Props {
  field: RecipeField;
  value: unknown;
  error: string | null;
  onChange: (value: unknown) => void;
}

// Rates have many digits behind the point.
const DIGITS = 12;

const told = ({ field, error }: Props) => ({
  label: fieldLabel(field.name),
  description: field.help,
  error,
});

function SwitchedField(props: Props) {
  return (
    <Checkbox
      {...told(props)}
      checked={props.value === true}
      onChange={({ currentTarget: { checked } }) => props.onChange(checked)}
    />
  );
}

function NumberField(props: Props) {
  const { field, value, onChange } = props;
  const isWhole = field.type === "integer";
  return (
    <NumberInput
      {...told(props)}
      allowDecimal={!isWhole}
      decimalScale={isWhole ? 0 : DIGITS}
      placeholder={field.nullable ? "none" : ""}
      value={typeof value === "number" ? value : ""}
      onChange={(typed) => onChange(typed === "" ? null : Number(typed))}
    />
  );
}

function ChoiceField(props: Props) {
  const { field, value, onChange } = props;
  return (
    <Select
      {...told(props)}
      allowDeselect={field.nullable}
      data={field.choices ?? []}
      value={typeof value === "string" ? value : null}
      onChange={onChange}
    />
  );
}

function ChoicesField(props: Props) {
  const { field, value, onChange } = props;
  return (
    <MultiSelect
      {...told(props)}
      className={classes.across ?? ""}
      data={field.choices ?? []}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={onChange}
    />
  );
}

function WordsField(props: Props) {
  return (
    <TextInput
      {...told(props)}
      value={typeof props.value === "string" ? props.value : ""}
      onChange={({ currentTarget: { value } }) => props.onChange(value)}
    />
  );
}

const INPUTS: Readonly<Record<string, ComponentType<Props>>> = {
  boolean: SwitchedField,
  integer: NumberField,
  number: NumberField,
  choice: ChoiceField,
  choices: ChoicesField,
};

/** One field of a recipe, by its type. The server says whether the value will do. */
export function FieldInput(props: Props) {
  const Input = INPUTS[props.field.type] ?? WordsField;
  return <Input {...props} />;
}
