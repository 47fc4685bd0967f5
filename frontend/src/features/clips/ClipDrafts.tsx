import { useQuery } from "@tanstack/react-query";

import { type ClipDraft, clipDraftsQuery } from "@/api/clips";
import { DraftText } from "@/ui/DraftText";
import { Badge, type Tone } from "@/ui/Badge";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";

const STATUS: Readonly<Record<ClipDraft["status"], { label: string; tone: Tone }>> = {
  requested: { label: "Asked for", tone: "neutral" },
  ready: { label: "Ready", tone: "positive" },
  failed: { label: "Failed", tone: "negative" },
};

export function ClipDrafts({ clipId }: { clipId: number }) {
  const drafts = useQuery(clipDraftsQuery(clipId));
  return (
    <Card title="Drafts">
      <ErrorNotice error={drafts.error} />
      {drafts.isPending && <Loading label="Loading the drafts" />}
      {drafts.data?.length === 0 && <p className="quiet">This clip has no drafts.</p>}
      {drafts.data?.map((draft) => (
        <details key={draft.uid}>
          <summary>
            {draft.generator}{" "}
            <Badge tone={STATUS[draft.status].tone}>{STATUS[draft.status].label}</Badge>
          </summary>
          {draft.document === null ? <p>{draft.error}</p> : <DraftText document={draft.document} />}
        </details>
      ))}
    </Card>
  );
}
