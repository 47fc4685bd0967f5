import { Group, MultiSelect, Stack, TagsInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { ReleaseFilter } from "@/api/datasets";
import { errorOfField } from "@/api/fieldErrors";
import { sourcesQuery } from "@/api/sources";
import { SOURCE_KIND_LABELS } from "./datasetLabels";

interface Props {
  projectId: number;
  filter: ReleaseFilter;
  error: Error | null;
  onChange: (filter: ReleaseFilter) => void;
}

const SOURCE_KINDS = ["existing", "collected"] as const;

/** Which approved captions come in. What is left empty lets everything through. */
export function FilterFields({ projectId, filter, error, onChange }: Props) {
  const sources = useQuery(sourcesQuery(projectId));
  const change = (changed: Partial<ReleaseFilter>) => onChange({ ...filter, ...changed });
  const day = (name: "approved_from" | "approved_until") => ({
    type: "date",
    value: filter[name] ?? "",
    error: errorOfField(error, name),
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      change({ [name]: value === "" ? null : value }),
  });
  return (
    <details>
      <summary>Only some of the approved captions</summary>
      <Stack gap="xs" mt="xs">
        <Group grow align="start">
          <MultiSelect
            label="Sources"
            clearable
            data={(sources.data ?? []).map(({ name }) => name)}
            value={filter.sources ?? []}
            error={errorOfField(error, "sources")}
            onChange={(chosen) => change({ sources: chosen })}
          />
          <MultiSelect
            label="Kinds of source"
            clearable
            data={SOURCE_KINDS.map((kind) => ({ value: kind, label: SOURCE_KIND_LABELS[kind] }))}
            value={filter.source_kinds ?? []}
            onChange={(chosen) =>
              change({ source_kinds: SOURCE_KINDS.filter((kind) => chosen.includes(kind)) })
            }
          />
        </Group>
        <Group grow align="start">
          <TagsInput
            label="Emotions"
            description="The labels of the sources. Enter ends each."
            value={filter.emotions ?? []}
            onChange={(chosen) => change({ emotions: chosen })}
          />
          <TagsInput
            label="Groups"
            description="People or families of clips, as imported."
            value={filter.groups ?? []}
            onChange={(chosen) => change({ groups: chosen })}
          />
        </Group>
        <Group grow align="start">
          <TextInput label="Approved from" {...day("approved_from")} />
          <TextInput label="Approved until" {...day("approved_until")} />
        </Group>
      </Stack>
    </details>
  );
}
