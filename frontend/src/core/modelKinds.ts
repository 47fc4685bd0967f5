const LABELS: Readonly<Record<string, string>> = {
  signals: "Rules on signals",
  facetrack_mm: "FaceTrack-MM",
  openai: "Hosted model",
  imported: "Came with the clip",
};

/** What wrote a draft, by its kind. */
export function kindLabel(kind: string): string {
  return LABELS[kind] ?? kind;
}
