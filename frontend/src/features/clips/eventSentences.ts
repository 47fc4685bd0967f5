import { UNUSABLE_REASONS } from "@/api/assignments";
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
  "draft.asked_for": "A draft was asked for",
  "draft.ready": "A draft was written",
  "draft.failed": "A draft failed",
  "draft.sent": "Frames were sent to a hosted model",
  "prediction.asked": "A hosted model was asked for a text, for an evaluation",
  "prompt.previewed": "A prompt was tried on it",
  "clip.tracked": "The faces were followed",
  "clip.main_faces_chosen": "Another main face was chosen",
  "clip.cropped": "The picture was cropped",
  "screening.crop_dismissed": "A proposed crop was dismissed",
  "screening.kept": "Kept in the screening",
  "screening.rejected": "Rejected in the screening",
  "clip.prioritised": "The priority was set",
  "clip.voted_against": "A vote to reject it was cast",
  "assignment.added": "A slot was added",
  "assignment.claimed": "Taken for annotation",
  "assignment.expired": "The hold on an annotation ran out",
  "assignment.released": "Given back",
  "annotation.submitted": "An annotation was submitted",
  "annotation.reopened": "An annotation was taken back",
  "annotation.skipped": "Skipped",
  "consolidation.claimed": "Taken for consolidation",
  "consolidation.expired": "The hold on the consolidation ran out",
  "consolidation.released": "The consolidation was given back",
  "consolidation.finished": "Consolidation finished",
  "consolidation.returned": "An annotation was sent back",
  "cross_validation.claimed": "Taken for cross-validation",
  "cross_validation.expired": "The hold on the cross-validation ran out",
  "cross_validation.released": "The cross-validation was given back",
  "cross_validation.revealed": "The first result was compared",
  "cross_validation.agreed": "The caption was agreed to",
  "cross_validation.disputed": "The caption was disputed",
  "cross_validation.sent_back": "The consolidation was sent back",
};

const REASONS: Readonly<Record<string, string>> = UNUSABLE_REASONS;

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** A kind without a sentence of its own is shown by its name, in words. */
function whatHappened({ kind, detail }: ClipEvent): string {
  if (detail.by_lead === true) return `Slot ${String(detail.slot)} was freed`;
  return SENTENCES[kind] ?? kind.replaceAll(/[._]/g, " ");
}

/** What happened, by whom and why, as far as the server tells this reader. */
export function eventSentence(event: ClipEvent): string {
  const { actor_name: actor, detail } = event;
  const who = actor === null ? "" : ` by ${actor}`;
  const reason = textOf(detail.reason);
  const why = reason === null ? "" : `: ${REASONS[reason] ?? reason}`;
  return `${whatHappened(event)}${who}${why}`;
}

/** What the person wrote about it, in their words. */
export function eventNote({ detail }: ClipEvent): string | null {
  return textOf(detail.note);
}
