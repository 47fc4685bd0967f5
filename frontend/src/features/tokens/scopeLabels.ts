import type { TokenScope } from "@/api/tokens";

export const SCOPE_LABELS: Readonly<Record<TokenScope, string>> = {
  read: "Read",
  annotate: "Annotate",
  review: "Review",
  export: "Export",
  ml: "ML work",
  admin: "Lead a project",
};
