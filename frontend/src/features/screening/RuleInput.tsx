import { NumberInput, Switch } from "@mantine/core";

import type { ScreeningRules } from "@/api/screening";
import { type NumberRule, type RuleField, sayUsual } from "./ruleFields";

interface Props {
  field: RuleField;
  rules: ScreeningRules;
  error: string | null;
  isReadOnly: boolean;
  onChange: (change: Partial<ScreeningRules>) => void;
}

export function RuleInput({ field, rules, error, isReadOnly, onChange }: Props) {
  const shared = {
    label: field.label,
    description: `${field.explanation} Usually ${sayUsual(field)}.`,
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

/** Without the tail that a binary fraction gets from the factor: 0.29 × 100 is not 29. */
function shownValue({ factor, decimals }: NumberRule, value: number): number {
  return Number((value * factor).toFixed(decimals));
}
