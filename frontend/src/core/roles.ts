export const ROLES = ["lead", "reviewer", "annotator", "ml", "viewer"] as const;

export type Role = (typeof ROLES)[number];

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  lead: "Lead",
  reviewer: "Reviewer",
  annotator: "Annotator",
  ml: "ML staff",
  viewer: "Viewer",
};
