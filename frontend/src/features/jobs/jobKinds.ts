const LABELS: Readonly<Record<string, string>> = {
  run_import: "Import of clips",
  run_export: "Export of a dataset version",
};

/** The server names a kind by the task that runs it; one not known here is shown in its words. */
export function jobKindLabel(kind: string): string {
  const task = kind.slice(kind.lastIndexOf(".") + 1);
  return LABELS[task] ?? task.replaceAll("_", " ");
}
