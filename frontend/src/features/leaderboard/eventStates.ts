import type { AlignedEvent, Alignment } from "@/api/evaluations";
import type { Tone } from "@/ui/Badge";

interface Shown {
  label: string;
  tone: Tone;
}

/** A sign and a word, since colours alone do not tell. */
export const EVENT_STATES: Readonly<Record<AlignedEvent["state"], Shown>> = {
  matched: { label: "✓ matched", tone: "positive" },
  out_of_order: { label: "⇅ out of order", tone: "warning" },
  told: { label: "≈ told, in no one event", tone: "neutral" },
  contradicted: { label: "✕ contradicted", tone: "negative" },
  missed: { label: "− missed", tone: "negative" },
  invented: { label: "+ invented", tone: "negative" },
};

/** The numbers, from 1, of the other list's events that each event is tied to. */
export function partnersOf(
  { pairs }: Alignment,
  side: "reference" | "prediction",
  index: number,
): number[] {
  const other = side === "reference" ? "prediction" : "reference";
  return pairs.filter((pair) => pair[side] === index).map((pair) => pair[other] + 1);
}
