import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { DraftChoice } from "@/api/drafts";
import type { ModelVersion } from "@/api/modelVersions";
import { sourcesQuery } from "@/api/sources";
import { STAGE_LABELS } from "@/core/stages";

// Where nobody works on a clip any more, a draft helps nobody.
const DRAFTED_IN = [
  "imported",
  "screening",
  "drafting",
  "annotating",
  "consolidating",
  "cross_validating",
] as const;

const STAGE_CHOICES = [
  { value: "", label: "Every stage" },
  ...DRAFTED_IN.map((value) => ({ value, label: STAGE_LABELS[value] })),
];

interface Props {
  projectId: number;
  versions: readonly ModelVersion[];
  choice: DraftChoice;
  onChange: (choice: DraftChoice) => void;
}

export function DraftChoiceFields({ projectId, versions, choice, onChange }: Props) {
  const sources = useQuery(sourcesQuery(projectId)).data ?? [];
  const { stage, ...withoutStage } = choice;
  const { source, ...withoutSource } = choice;
  const { emotion, ...withoutEmotion } = choice;
  return (
    <>
      <NativeSelect
        label="Model"
        data={versions.map(({ uid, name }) => ({ value: uid, label: name }))}
        value={choice.version}
        onChange={({ currentTarget: { value } }) => onChange({ ...choice, version: value })}
      />
      <NativeSelect
        label="Stage"
        data={STAGE_CHOICES}
        value={stage ?? ""}
        onChange={({ currentTarget: { value } }) => {
          const found = DRAFTED_IN.find((known) => known === value);
          onChange(found === undefined ? withoutStage : { ...choice, stage: found });
        }}
      />
      <NativeSelect
        label="Source"
        data={[
          { value: "", label: "Every source" },
          ...sources.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        value={source ?? ""}
        onChange={({ currentTarget: { value } }) =>
          onChange(value === "" ? withoutSource : { ...choice, source: Number(value) })
        }
      />
      <TextInput
        label="Emotion"
        placeholder="Every emotion"
        maxLength={64}
        value={emotion ?? ""}
        onChange={({ currentTarget: { value } }) =>
          onChange(value === "" ? withoutEmotion : { ...choice, emotion: value })
        }
      />
    </>
  );
}
