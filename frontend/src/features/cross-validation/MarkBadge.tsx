import type { SentenceMark } from "@/api/crossValidations";
import { Badge, type Tone } from "@/ui/Badge";

const TONES: Readonly<Record<SentenceMark["mark"], Tone>> = {
  ok: "positive",
  minor: "warning",
  major: "negative",
};

/** What the second reviewer said of a sentence of the first result. */
export function MarkBadge({ mark, note }: Pick<SentenceMark, "mark" | "note">) {
  return (
    <span>
      <Badge tone={TONES[mark]}>Marked {mark}</Badge> {note}
    </span>
  );
}
