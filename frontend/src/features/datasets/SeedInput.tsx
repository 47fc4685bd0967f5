import { NumberInput } from "@mantine/core";

const LARGEST_SEED = 2 ** 31 - 1;

interface Props {
  seed: number | null;
  onChange: (seed: number | null) => void;
}

export function SeedInput({ seed, onChange }: Props) {
  return (
    <NumberInput
      label="Seed (optional)"
      description="The same seed gives the same draw again. Without one, a new one is drawn and kept."
      allowDecimal={false}
      allowNegative={false}
      max={LARGEST_SEED}
      value={seed ?? ""}
      onChange={(value) => onChange(value === "" ? null : Number(value))}
    />
  );
}
