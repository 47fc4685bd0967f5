import { CLIP_ORDERS, type ClipFilters } from "@/api/clips";
import { STAGES } from "@/core/stages";

function readText(value: unknown): string | undefined {
  // An address may hold "7", which the router reads as a number.
  const text = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
  return text === "" ? undefined : text;
}

/** The filters in the address; what is not known is left out rather than refused. */
export function readClipFilters(search: Record<string, unknown>): ClipFilters {
  const source = Number(search.source);
  return {
    stage: STAGES.find((stage) => stage === search.stage),
    source: Number.isInteger(source) && source > 0 ? source : undefined,
    emotion: readText(search.emotion),
    search: readText(search.search),
    order: CLIP_ORDERS.find((order) => order === search.order),
  };
}
