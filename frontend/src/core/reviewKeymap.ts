import type { Keys } from "./keymap";

const takeKeys = (digit: number, what: string) =>
  ({ label: `Take ${what}`, group: "Rows", player: [`Digit${digit}`], typing: [] }) as const;

const mergeKeys = (digit: number, what: string) =>
  ({
    label: `Add ${what} to what is taken`,
    group: "Rows",
    player: [`Shift+Digit${digit}`],
    typing: [],
  }) as const;

/** Keys of the reviewers' pages. Digits take in one, settle in another and mark in a third. */
export const REVIEW_KEYMAP = {
  nextRow: { label: "Next row", group: "Rows", player: ["ArrowDown"], typing: ["Alt+ArrowDown"] },
  previousRow: {
    label: "Previous row",
    group: "Rows",
    player: ["ArrowUp"],
    typing: ["Alt+ArrowUp"],
  },
  nextOpenRow: { label: "Next open row", group: "Rows", player: ["F8"], typing: ["F8"] },
  previousOpenRow: {
    label: "Previous open row",
    group: "Rows",
    player: ["Shift+F8"],
    typing: [],
  },
  takeFirst: takeKeys(1, "the first column (A, R1)"),
  takeSecond: takeKeys(2, "the second column (B, R2)"),
  takeThird: takeKeys(3, "the third column (C)"),
  takeFirstDraft: takeKeys(4, "draft X"),
  takeSecondDraft: takeKeys(5, "draft Y"),
  mergeFirst: mergeKeys(1, "the first column"),
  mergeSecond: mergeKeys(2, "the second column"),
  mergeThird: mergeKeys(3, "the third column"),
  mergeFirstDraft: mergeKeys(4, "draft X"),
  mergeSecondDraft: mergeKeys(5, "draft Y"),
  takeBoth: { label: "Take both results", group: "Rows", player: ["KeyB"], typing: [] },
  acceptAgreed: {
    label: "Take every row on which all agree",
    group: "Rows",
    player: ["KeyA"],
    typing: [],
  },
  editRow: { label: "Edit the row's sentence", group: "Rows", player: ["KeyE"], typing: [] },
  dropRow: { label: "Leave the row out", group: "Rows", player: ["Delete"], typing: [] },
  undoPick: { label: "Undo the last choice", group: "Rows", player: ["KeyZ"], typing: [] },
  playRow: {
    label: "Play the row's range",
    group: "Rows",
    player: ["KeyP", "KeyR"],
    typing: ["Alt+KeyR"],
  },
  markOk: { label: "Mark: ok", group: "Rows", player: ["Digit1"], typing: ["Alt+Digit1"] },
  markMinor: { label: "Mark: minor", group: "Rows", player: ["Digit2"], typing: ["Alt+Digit2"] },
  markMajor: { label: "Mark: major", group: "Rows", player: ["Digit3"], typing: ["Alt+Digit3"] },
  toggleDrafts: { label: "Show or hide the drafts", group: "Drafts", player: ["KeyD"], typing: [] },
  resultStart: {
    label: "The sentence starts at this frame",
    group: "Sentences",
    player: ["KeyS"],
    typing: ["Alt+KeyS"],
  },
  resultEnd: {
    label: "The sentence ends at this frame",
    group: "Sentences",
    player: ["Shift+KeyS"],
    typing: ["Alt+KeyE"],
  },
  finish: {
    label: "Finish and next",
    group: "Work",
    player: ["Mod+Enter"],
    typing: ["Mod+Enter"],
  },
  dispute: { label: "Dispute the result", group: "Work", player: ["Shift+KeyX"], typing: [] },
} as const satisfies Readonly<Record<string, Keys>>;
