export const STAGES = [
  "imported",
  "screening",
  "drafting",
  "annotating",
  "consolidating",
  "cross_validating",
  "approved",
  "rejected",
  "withdrawn",
] as const;

export type Stage = (typeof STAGES)[number];

export const STAGE_LABELS: Readonly<Record<Stage, string>> = {
  imported: "Imported",
  screening: "Screening",
  drafting: "Drafting",
  annotating: "Annotating",
  consolidating: "Consolidating",
  cross_validating: "Cross-validating",
  approved: "Approved",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
};
