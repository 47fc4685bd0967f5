import type { RowState, RowView } from "@/core/rowState";
import { Badge, type Tone } from "@/ui/Badge";

const SIGNS: Readonly<Record<RowState, readonly [sign: string, tone: Tone]>> = {
  agree: ["✓", "positive"],
  some: ["●", "accent"],
  one: ["◆", "warning"],
  differ: ["≠", "warning"],
  conflict: ["▲", "negative"],
  inference: ["≈", "warning"],
  draft: ["▸", "neutral"],
};

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

function say(count: number): string {
  return NUMBERS[count] ?? String(count);
}

export function nameOfState({ state, agreeing }: RowView, columns: number): string {
  switch (state) {
    case "agree":
      return columns === 1 ? "Only annotation" : "All agree";
    case "some":
      return `${say(agreeing)} of ${say(columns)}`.replace(/^./, (first) => first.toUpperCase());
    case "one":
      return "One only";
    case "differ":
      return "Wording differs";
    case "conflict":
      return "Conflict";
    case "inference":
      return "Inference differs";
    case "draft":
      return "Draft only";
  }
}

/** How far a row agrees: a sign, a word and a colour. */
export function RowStateBadge({ row, columns }: { row: RowView; columns: number }) {
  const [sign, tone] = SIGNS[row.state];
  return (
    <Badge tone={tone}>
      <span aria-hidden>{sign}</span> {nameOfState(row, columns)}
    </Badge>
  );
}
