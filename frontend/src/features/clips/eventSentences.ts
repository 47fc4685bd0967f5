import type { ClipEvent } from "@/api/clips";

const SENTENCES: Readonly<Record<string, string>> = {
  "clip.imported": "Imported",
  "clip.screening": "Screening began",
  "clip.drafting": "Drafts were asked for",
  "clip.annotating": "Opened for annotation",
  "clip.consolidating": "Ready for consolidation",
  "clip.cross_validating": "Sent to cross-validation",
  "clip.approved": "Approved",
  "clip.rejected": "Rejected",
  "clip.withdrawn": "Withdrawn",
  "clip.prioritised": "The priority was set",
  "clip.voted_against": "An annotator voted to reject it",
  "assignment.added": "A slot was added",
  "assignment.claimed": "Taken for annotation",
  "assignment.expired": "The hold on an annotation ran out",
  "assignment.released": "Given back",
  "annotation.submitted": "An annotation was submitted",
  "annotation.reopened": "An annotation was taken back by its author",
  "consolidation.finished": "Consolidation finished",
  "consolidation.returned": "An annotation was sent back",
  "cross_validation.revealed": "The first result was compared",
};

/** A kind without a sentence of its own is shown by its name, in words. */
export function eventSentence({ kind, actor_name: actor, detail }: ClipEvent): string {
  const what = SENTENCES[kind] ?? kind.replaceAll(/[._]/g, " ");
  const who = actor === null ? "" : ` by ${actor}`;
  const reason = typeof detail.reason === "string" ? `: ${detail.reason.replaceAll("_", " ")}` : "";
  return `${what}${who}${reason}`;
}
