const LABELS: Readonly<Record<string, string>> = {
  refused: "The model refused",
  cut_off: "It came to no end",
  empty: "It wrote nothing",
  not_json: "Not in the form asked for",
  wrong_form: "Not a caption",
  not_english: "Not English",
  echo: "It repeated its instructions",
  markup: "Markup or addresses",
  too_large: "Too long",
  no_face: "No face to describe",
  no_tracks: "No tracks to write from",
  no_endpoint: "Its endpoint is not set up",
  not_allowed: "Frames may not be sent",
  unusable_video: "The video cannot be read",
  budget_spent: "The budget was spent",
  gave_up: "Given up after several attempts",
  not_drafted_in_this_stage: "The clip was done meanwhile",
};

/** A reason that is not known here is shown in the server's words. */
export function failureLabel(code: string): string {
  return LABELS[code] ?? code.replaceAll("_", " ");
}
