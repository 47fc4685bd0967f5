import { NumberInput } from "@mantine/core";

const LARGEST_SEED = 2 ** 31 - 1;

interface Props {
  seed: number | null;
  onChange: (seed: number | null) => void;
  /** What a seed does here, and what is taken without one. */
  description?: string;
}

export function SeedInput({
  seed,
  onChange,
  description = "The same seed gives the same draw again. Without one, a new one is drawn and kept.",
}: Props) {
  return (
    <NumberInput
      label="Seed (optional)"
      description={description}
      allowDecimal={false}
      allowNegative={false}
      max={LARGEST_SEED}
      value={seed ?? ""}
      onChange={(value) => onChange(value === "" ? null : Number(value))}
    />
  );
}
