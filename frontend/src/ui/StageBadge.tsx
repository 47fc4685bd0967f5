import { type Stage, STAGE_LABELS } from "@/core/stages";
import { Badge, type Tone } from "@/ui/Badge";

const TONES: Partial<Record<Stage, Tone>> = {
  annotating: "accent",
  consolidating: "accent",
  cross_validating: "accent",
  approved: "positive",
  rejected: "negative",
  withdrawn: "negative",
};

export function StageBadge({ stage }: { stage: Stage }) {
  return <Badge tone={TONES[stage] ?? "neutral"}>{STAGE_LABELS[stage]}</Badge>;
}
