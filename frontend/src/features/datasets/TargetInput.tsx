import { Group, NativeSelect, NumberInput } from "@mantine/core";

import type { FreezeRequest } from "@/api/datasets";
import { errorOfField } from "@/api/fieldErrors";

interface Props {
  split: "test" | "validation";
  request: FreezeRequest;
  error: Error | null;
  onChange: (changed: Partial<FreezeRequest>) => void;
}

/** How much of the clips a split is to have: a share of all, or a number. */
export function TargetInput({ split, request, error, onChange }: Props) {
  const share = request[`${split}_share`];
  const clips = request[`${split}_clips`];
  const isShare = clips === null;
  const change = (value: number) =>
    onChange(isShare ? { [`${split}_share`]: value / 100 } : { [`${split}_clips`]: value });
  return (
    <Group gap="xs" align="end" wrap="nowrap">
      <NumberInput
        style={{ flex: 1 }}
        label={split === "test" ? "For test" : "For validation"}
        min={0}
        {...(isShare ? { max: 100, decimalScale: 1 } : { allowDecimal: false })}
        value={isShare ? Math.round(share * 1000) / 10 : clips}
        error={errorOfField(error, `${split}_share`) ?? errorOfField(error, `${split}_clips`)}
        onChange={(value) => value !== "" && change(Number(value))}
      />
      <NativeSelect
        aria-label={`Unit of the ${split} split`}
        data={[
          { value: "share", label: "% of all" },
          { value: "clips", label: "clips" },
        ]}
        value={isShare ? "share" : "clips"}
        onChange={({ currentTarget: { value } }) =>
          onChange({ [`${split}_clips`]: value === "clips" ? 0 : null })
        }
      />
    </Group>
  );
}
