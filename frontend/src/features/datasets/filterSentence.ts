import type { ReleaseFilter } from "@/api/datasets";
import { SOURCE_KIND_LABELS } from "./datasetLabels";

/** What a version was made of; empty when it was made of everything approved. */
export function filterSentence(filter: ReleaseFilter): string {
  const kinds = filter.source_kinds?.map((kind) => SOURCE_KIND_LABELS[kind]);
  const told = [
    sayAny("source", filter.sources),
    sayAny("kind of source", kinds),
    sayAny("emotion", filter.emotions),
    sayAny("group", filter.groups),
    filter.approved_from ? `approved from ${filter.approved_from}` : "",
    filter.approved_until ? `approved until ${filter.approved_until}` : "",
  ];
  return told.filter(Boolean).join("; ");
}

function sayAny(name: string, values: readonly string[] | undefined): string {
  return values?.length ? `${name} ${values.map((value) => value || "not told").join(" or ")}` : "";
}
