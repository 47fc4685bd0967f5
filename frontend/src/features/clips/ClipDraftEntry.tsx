import { Button } from "@mantine/core";

import type { ClipDraft } from "@/api/clips";
import { draftClipAgain } from "@/api/drafts";
import { sayAbout } from "@/core/durations";
import { kindLabel } from "@/core/modelKinds";
import { sayMoney } from "@/core/money";
import classes from "./clips.module.css";
import { useClipChange } from "./useClipChange";
import { Badge, type Tone } from "@/ui/Badge";
import { DraftText } from "@/ui/DraftText";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";
import { Time } from "@/ui/Time";

const STATUS: Readonly<Record<ClipDraft["status"], { label: string; tone: Tone }>> = {
  requested: { label: "Asked for", tone: "neutral" },
  ready: { label: "Ready", tone: "positive" },
  failed: { label: "Failed", tone: "negative" },
};

interface Props {
  clipId: number;
  draft: ClipDraft;
  /** It failed or is stale, and nothing took its place yet. */
  isReplaceable: boolean;
}

export function ClipDraftEntry({ clipId, draft, isReplaceable }: Props) {
  const again = useClipChange(clipId, (version: string) => draftClipAgain(clipId, version));
  const { version, document, job, status } = draft;
  return (
    <li>
      <div className={classes.draftHead}>
        <strong>{draft.generator}</strong>
        <Badge tone={STATUS[status].tone}>{STATUS[status].label}</Badge>
        {draft.is_shadow && <Badge tone="accent">Shadow: shown to nobody</Badge>}
        {isStale(draft) && <Badge tone="warning">Stale: of another face</Badge>}
      </div>
      <p className="quiet">
        {sayMaking(draft)}, <Time at={draft.created_at} />
      </p>
      {job !== null && <JobProgress label={`Draft by ${draft.generator}`} job={job} />}
      {draft.place !== null && <p className="quiet">{sayPlace(draft.place)}</p>}
      {draft.error !== "" && <p>{draft.error}</p>}
      {document !== null && (
        <details>
          <summary>Read it</summary>
          <DraftText document={document} />
        </details>
      )}
      <ErrorNotice error={again.error} />
      {isReplaceable && version !== null && (
        <Button
          size="xs"
          variant="default"
          loading={again.isPending}
          onClick={() => again.mutate(version)}
        >
          Ask again<span className="visually-hidden"> {draft.generator}</span>
        </Button>
      )}
    </li>
  );
}

const isStale = ({ stale_since: stale }: ClipDraft) => (stale ?? null) !== null;

function sayPlace({ ahead, seconds_left: seconds }: NonNullable<ClipDraft["place"]>): string {
  const before = ahead === 0 ? "Next in turn" : `${ahead} before it`;
  return seconds === null ? `${before}.` : `${before}, made in ${sayAbout(seconds)}.`;
}

function sayMaking(draft: ClipDraft): string {
  const { input_tokens: read, output_tokens: written, seconds, price } = draft;
  return [
    kindLabel(draft.kind),
    draft.prompt_version && `prompt ${draft.prompt_version}`,
    Number(price) > 0 && `cost ${sayMoney(price)}`,
    read + written > 0 && `${read} tokens read and ${written} written`,
    seconds > 0 && `${seconds < 0.1 ? "under 0.1" : seconds.toFixed(1)} s`,
  ]
    .filter(Boolean)
    .join(", ");
}
