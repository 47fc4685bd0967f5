import { useQuery } from "@tanstack/react-query";

import { blindAgreementQuery, type CrossValidation } from "@/api/crossValidations";
import { Badge } from "@/ui/Badge";

/** How nearly both results told the same before anything was settled, by a rough judge. */
export function BlindAgreementBadge({ review }: { review: CrossValidation }) {
  const late = useQuery({
    ...blindAgreementQuery(review.id),
    enabled: review.agreement === null,
  });
  const agreement = review.agreement ?? late.data ?? null;
  if (agreement === null) return <Badge>Agreement is not computed yet</Badge>;
  return (
    <span title="Of R1 and of what you wrote before you saw it, judged offline by rules. Event F1 is the share of events in common, words apart the share of words to change.">
      <Badge tone="accent">
        <span className="figures">
          Event F1 {agreement.event_f1.toFixed(2)}, words apart {agreement.word_distance.toFixed(2)}
        </span>
      </Badge>
    </span>
  );
}
