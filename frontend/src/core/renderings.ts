/** How much of what a caption infers stands in a text. */
export const RENDERING_LABELS = {
  stripped: "Without inferences",
  marked: "Inferences in brackets",
  full: "Full text",
} as const;
