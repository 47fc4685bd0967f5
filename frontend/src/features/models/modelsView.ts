export const PARTS = ["versions", "prompts"] as const;

export type Part = (typeof PARTS)[number];

/** What of the page is open, as the address holds it. */
export interface ModelsView {
  part?: Part | undefined;
}

export function readModelsView(search: Record<string, unknown>): ModelsView {
  return { part: PARTS.find((part) => part === search.part) };
}
