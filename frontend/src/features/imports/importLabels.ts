import type { Import, ItemStatus } from "@/api/imports";

export const KIND_LABELS: Readonly<Record<Import["kind"], string>> = {
  upload: "Uploaded files",
  folder: "Folder",
  film: "Films",
  jsonl: "Records",
  archive: "Exported archive",
};

export const ITEM_STATUS_LABELS: Readonly<Record<ItemStatus, string>> = {
  pending: "Waiting",
  imported: "Imported",
  duplicate: "Known already",
  failed: "Failed",
};

export function importTitle({ kind, dry_run: isDryRun, source }: Import): string {
  const origin = source === null ? "" : ` from ${source.name}`;
  return `${KIND_LABELS[kind]}${origin}${isDryRun ? ", check only" : ""}`;
}
