const LABELS: Readonly<Record<string, string>> = {
  import_files: "Import of clips",
  export_dataset: "Export of a dataset version",
};

/** A kind without a label of its own is shown by its name, in words. */
export function jobKindLabel(kind: string): string {
  const words = kind.replaceAll(/[._]/g, " ");
  return LABELS[kind] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
