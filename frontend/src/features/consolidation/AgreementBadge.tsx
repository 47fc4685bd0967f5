import type { Consolidation } from "@/api/consolidations";
import { Badge } from "@/ui/Badge";

/** How nearly the annotations tell the same events, by a rough judge; each pair by its letters. */
export function AgreementBadge({ consolidation }: { consolidation: Consolidation }) {
  const { agreement, annotations } = consolidation;
  if (annotations.length < 2) return null;
  if (agreement === null) return <Badge>Agreement is not computed yet</Badge>;
  const pairs = agreement.pairs.map(
    ({ one, other, event_f1 }) => `${one}–${other} ${event_f1.toFixed(2)}`,
  );
  return (
    <span title="Share of events that two annotations have in common, judged offline by rules. 1 is all of them.">
      <Badge tone="accent">
        <span className="figures">
          Event F1 {agreement.event_f1.toFixed(2)} ({pairs.join(", ")})
        </span>
      </Badge>
    </span>
  );
}
