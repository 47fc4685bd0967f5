import { TextInput } from "@mantine/core";

import { errorOfField } from "@/api/fieldErrors";
import type { OwnModel } from "@/api/modelVersions";

interface Props {
  model: OwnModel;
  error: Error | null;
  onChange: (changes: Partial<OwnModel>) => void;
}

export function OwnFields({ model, error, onChange }: Props) {
  return (
    <>
      <TextInput
        label="Name"
        maxLength={120}
        value={model.name}
        error={errorOfField(error, "name")}
        onChange={({ currentTarget: { value } }) => onChange({ name: value })}
      />
      <TextInput
        label="Base"
        description="A preset such as mini, or a checkpoint of the worker."
        maxLength={255}
        value={model.base}
        error={errorOfField(error, "base")}
        onChange={({ currentTarget: { value } }) => onChange({ base: value })}
      />
      <TextInput
        label="Adapter (optional)"
        description="What was trained and is laid over the base."
        maxLength={255}
        value={model.adapter}
        error={errorOfField(error, "adapter")}
        onChange={({ currentTarget: { value } }) => onChange({ adapter: value })}
      />
    </>
  );
}
