import { Checkbox, Group, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { errorOfField } from "@/api/fieldErrors";
import { endpointsQuery, type HostedModel } from "@/api/modelVersions";
import { promptsQuery } from "@/api/prompts";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Notice } from "@/ui/Notice";

interface Props {
  projectId: number;
  model: HostedModel;
  error: Error | null;
  onChange: (changes: Partial<HostedModel>) => void;
}

export function HostedFields({ projectId, model, error, onChange }: Props) {
  const endpoints = useQuery(endpointsQuery(projectId));
  const prompts = useQuery(promptsQuery(projectId));
  const field = (name: "name" | "endpoint" | "model" | "prompt") => ({
    value: model[name],
    error: errorOfField(error, name),
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <ErrorNotice error={endpoints.error ?? prompts.error} />
      {endpoints.data?.length === 0 && (
        <Notice tone="warning" title="This installation knows no server to ask.">
          Have its operator name one in the setting DRAFT_ENDPOINTS, with its address and key.
        </Notice>
      )}
      <TextInput label="Name" maxLength={120} {...field("name")} />
      <Group grow align="start">
        <NativeSelect
          label="Endpoint"
          data={[
            { value: "", label: "Choose one" },
            ...(endpoints.data ?? []).map((name) => ({ value: name, label: name })),
          ]}
          {...field("endpoint")}
        />
        <TextInput label="Model, as the endpoint calls it" maxLength={200} {...field("model")} />
      </Group>
      <NativeSelect
        label="Prompt"
        data={[
          { value: "", label: "Choose one" },
          ...(prompts.data ?? []).map(({ uid, name, number }) => ({
            value: uid,
            label: `${name}, version ${number}`,
          })),
        ]}
        {...field("prompt")}
      />
      <Checkbox
        label="The endpoint answers by a JSON schema"
        description="Otherwise the form of the answer is asked for in words."
        checked={model.structured_output}
        onChange={({ currentTarget: { checked } }) => onChange({ structured_output: checked })}
      />
      <Numbers model={model} error={error} onChange={onChange} />
    </>
  );
}

/** How freely and how much it writes, and what that costs. */
function Numbers({ model, error, onChange }: Omit<Props, "projectId">) {
  const price = (name: "input_price" | "output_price") => ({
    min: 0,
    decimalScale: 6,
    description: "For a million tokens.",
    value: model[name],
    error: errorOfField(error, name),
    onChange: (value: number | string) => onChange({ [name]: value === "" ? "0" : String(value) }),
  });
  return (
    <>
      <Group grow align="start">
        <NumberInput
          label="Temperature"
          min={0}
          max={2}
          step={0.1}
          value={model.temperature}
          error={errorOfField(error, "temperature")}
          onChange={(value) => value !== "" && onChange({ temperature: Number(value) })}
        />
        <NumberInput
          label="Most tokens of an answer"
          min={100}
          max={16_000}
          allowDecimal={false}
          value={model.max_output_tokens}
          error={errorOfField(error, "max_output_tokens")}
          onChange={(value) => value !== "" && onChange({ max_output_tokens: Number(value) })}
        />
      </Group>
      <Group grow align="start">
        <NumberInput label="Price of what it reads" {...price("input_price")} />
        <NumberInput label="Price of what it writes" {...price("output_price")} />
      </Group>
    </>
  );
}
