import { useQuery } from "@tanstack/react-query";

import { type ClipDraft, clipDraftsQuery } from "@/api/clips";
import { AskForDraft } from "./AskForDraft";
import { ClipDraftEntry } from "./ClipDraftEntry";
import classes from "./clips.module.css";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";

interface Props {
  projectId: number;
  clipId: number;
}

/** What models wrote about the clip, what that cost, and what became of those that failed. */
export function ClipDrafts({ projectId, clipId }: Props) {
  const drafts = useQuery(clipDraftsQuery(clipId));
  const rows = drafts.data ?? [];
  return (
    <Card title="Drafts">
      <ErrorNotice error={drafts.error} />
      {drafts.isPending && <Loading label="Loading the drafts" />}
      {drafts.data?.length === 0 && <p className="quiet">This clip has no drafts.</p>}
      <ul className={classes.drafts}>
        {rows.map((draft) => (
          <ClipDraftEntry
            key={draft.uid}
            clipId={clipId}
            draft={draft}
            isReplaceable={!isUsable(draft) && !rows.some((other) => isInPlaceOf(other, draft))}
          />
        ))}
      </ul>
      {drafts.data !== undefined && <AskForDraft projectId={projectId} clipId={clipId} />}
    </Card>
  );
}

/** Written or being written, and of the face that is the main one now. */
function isUsable({ status, stale_since: stale }: ClipDraft): boolean {
  return status !== "failed" && (stale ?? null) === null;
}

function isInPlaceOf(other: ClipDraft, draft: ClipDraft): boolean {
  return other.version === draft.version && isUsable(other);
}
