const LABELS: Readonly<Record<string, string>> = {
  run_import: "Import of clips",
  run_export: "Export of a dataset version",
  write_templates: "Instruction templates by a model",
  compare_templates: "Comparison of instruction templates",
  make_card: "Data card of a dataset version",
  count_actions: "Facial actions counted by a model",
  crop_clip: "Crop of a clip",
  judge_again: "Screening by new rules",
  track_faces: "Faces of a clip",
  track_again: "Faces of a clip, with newer networks",
  choose_main_faces: "Main face of a clip",
  draft_clip: "Draft of a clip",
  draft_on_device: "Draft of a clip, on a device here",
  draft_again: "Drafts of many clips",
  preview_prompt: "Prompt tried on a clip",
  predict: "Predictions of a hosted model",
  predict_by_rules: "Predictions by rules",
  predict_on_device: "Predictions of a model, on a device here",
  score: "Scores of predictions",
  judge: "Scores of predictions, by a hosted judge",
  compare_judges: "Comparison of judges",
  group_clips: "Comparison of clips",
  submit_run: "Start of a training run",
  register_result: "Result of a run that ended before its time",
  score_agreement: "Agreement on a clip",
  summarize_agreement: "Agreement in the project",
};

/** The server names a kind by the task that runs it; one not known here is shown in its words. */
export function jobKindLabel(kind: string): string {
  const task = kind.slice(kind.lastIndexOf(".") + 1);
  return LABELS[task] ?? task.replaceAll("_", " ");
}
