import { NumberInput, Switch } from "@mantine/core";

import type { ScreeningRules } from "@/api/screening";
import { type RuleField, sayBound, shownValue } from "./ruleFields";

interface Props {
  field: RuleField;
  rules: ScreeningRules;
  usual: ScreeningRules;
  error: string | null;
  isReadOnly: boolean;
  onChange: (change: Partial<ScreeningRules>) => void;
}

export function RuleInput({ field, rules, usual, error, isReadOnly, onChange }: Props) {
  const shared = {
    label: field.label,
    description: `${field.explanation} Usually ${sayBound(field, usual)}.`,
    error,
    disabled: isReadOnly,
  };
  if (field.kind === "switch") {
    return (
      <Switch
        {...shared}
        checked={rules[field.name]}
        onChange={(event) => onChange({ [field.name]: event.currentTarget.checked })}
      />
    );
  }
  return (
    <NumberInput
      {...shared}
      suffix={field.unit}
      min={field.min}
      max={field.max}
      step={field.decimals === 0 ? 1 : 0.1}
      decimalScale={field.decimals}
      value={shownValue(field, rules[field.name])}
      onChange={(value) => value !== "" && onChange({ [field.name]: Number(value) / field.factor })}
    />
  );
}
