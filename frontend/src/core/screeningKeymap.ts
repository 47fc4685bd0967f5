import type { Keys } from "./keymap";

/** Keys of the screening page. K keeps there, so that only Space plays. */
export const SCREENING_KEYMAP = {
  playClip: { label: "Play or pause", group: "Playing", player: ["Space"], typing: [] },
  nextClip: { label: "Next clip", group: "Clips", player: ["ArrowDown"], typing: [] },
  previousClip: { label: "Previous clip", group: "Clips", player: ["ArrowUp"], typing: [] },
  keepClip: { label: "Keep the clip", group: "Clips", player: ["KeyK"], typing: [] },
  rejectClip: { label: "Reject with a reason", group: "Clips", player: ["KeyX"], typing: [] },
  restoreClip: { label: "Take the rejection back", group: "Clips", player: ["KeyZ"], typing: [] },
} as const satisfies Readonly<Record<string, Keys>>;
