import { Select, Stack, Text } from "@mantine/core";

import type { ExportFormat } from "@/api/datasets";
import { FORMAT_GROUPS, FORMATS, isFormat } from "./exportFormats";

interface Props {
  format: ExportFormat;
  onChange: (format: ExportFormat) => void;
}

export function FormatSelect({ format, onChange }: Props) {
  return (
    <Select
      label="Format"
      description={FORMATS[format].explanation}
      inputWrapperOrder={["label", "input", "description", "error"]}
      allowDeselect={false}
      maxDropdownHeight={420}
      data={FORMAT_GROUPS.map(({ group, formats }) => ({
        group,
        items: formats.map((value) => ({ value, label: FORMATS[value].label })),
      }))}
      renderOption={({ option }) => (
        <Stack gap={0}>
          <span>{option.label}</span>
          {isFormat(option.value) && (
            <Text size="xs" className="quiet">
              {FORMATS[option.value].explanation}
            </Text>
          )}
        </Stack>
      )}
      value={format}
      onChange={(value) => {
        if (value !== null && isFormat(value)) onChange(value);
      }}
    />
  );
}
