import { NumberInput, Select, Switch } from "@mantine/core";

import type { ProjectSettings } from "@/api/projects";
import type { SettingField } from "./settingFields";

const POLICIES: { value: ProjectSettings["draft_policy"]; label: string }[] = [
  { value: "none", label: "Never" },
  { value: "after_first_version", label: "After a first version of their own" },
  { value: "always", label: "From the beginning" },
];

interface Props {
  field: SettingField;
  settings: ProjectSettings;
  error: string | null;
  onChange: (change: Partial<ProjectSettings>) => void;
}

export function SettingInput({ field, settings, error, onChange }: Props) {
  const shared = { label: field.label, description: field.explanation, error };
  switch (field.kind) {
    case "switch":
      return (
        <Switch
          {...shared}
          checked={settings[field.name]}
          onChange={(event) => onChange({ [field.name]: event.currentTarget.checked })}
        />
      );
    case "policy":
      return (
        <Select
          {...shared}
          data={POLICIES}
          allowDeselect={false}
          value={settings.draft_policy}
          onChange={(policy) => policy !== null && onChange({ draft_policy: policy })}
        />
      );
    case "count":
      return (
        <NumberInput
          {...shared}
          allowDecimal={false}
          min={field.min}
          max={field.max}
          value={settings[field.name]}
          onChange={(value) => value !== "" && onChange({ [field.name]: Number(value) })}
        />
      );
    case "share":
      return (
        <NumberInput
          {...shared}
          suffix=" %"
          min={0}
          max={100}
          decimalScale={1}
          // Shares are stored from 0 to 1; a thousandth is the finest that is shown.
          value={Math.round(settings[field.name] * 1000) / 10}
          onChange={(value) => value !== "" && onChange({ [field.name]: Number(value) / 100 })}
        />
      );
  }
}
