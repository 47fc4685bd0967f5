export const PARTS = ["versions", "statistics", "prompts", "drafting"] as const;

export type Part = (typeof PARTS)[number];

/** What of the page is open, as the address holds it. */
export interface ModelsView {
  part?: Part | undefined;
  /** The uid of the version whose statistics are open. */
  version?: string | undefined;
}

export function readModelsView(search: Record<string, unknown>): ModelsView {
  return {
    part: PARTS.find((part) => part === search.part),
    version: typeof search.version === "string" ? search.version : undefined,
  };
}
