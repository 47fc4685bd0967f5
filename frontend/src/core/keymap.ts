import { REVIEW_KEYMAP } from "./reviewKeymap";
import { SCREENING_KEYMAP } from "./screeningKeymap";

/**
 * The default keyboard map: the one file behind the key handler, the help sheet and their tests.
 *
 * Chords name physical keys (`event.code`), so they stay in place on every layout. `Mod` is Ctrl,
 * and ⌘ on macOS; `Ctrl` is Ctrl everywhere.
 */
export interface Keys {
  label: string;
  group: "Playing" | "Range" | "Faces" | "Clips" | "Rows" | "Sentences" | "Drafts" | "Work";
  /** Act while no text has the caret. */
  player: readonly string[];
  /** Act while a text has the caret; always with a modifier. */
  typing: readonly string[];
  /** The text editor reads these keys itself while typing. */
  isEditorsOwn?: true;
}

export const KEYMAP = {
  togglePlay: {
    label: "Play or pause",
    group: "Playing",
    player: ["Space", "KeyK"],
    typing: ["Alt+KeyK", "Ctrl+Space"],
  },
  skipBack: {
    label: "Back 0.5 s",
    group: "Playing",
    player: ["KeyJ"],
    typing: ["Alt+KeyJ"],
  },
  skipForward: {
    label: "Forward 0.5 s",
    group: "Playing",
    player: ["KeyL"],
    typing: ["Alt+KeyL"],
  },
  previousFrame: {
    label: "Previous frame",
    group: "Playing",
    player: ["Comma", "ArrowLeft"],
    typing: ["Alt+Comma"],
  },
  nextFrame: {
    label: "Next frame",
    group: "Playing",
    player: ["Period", "ArrowRight"],
    typing: ["Alt+Period"],
  },
  fiveFramesBack: {
    label: "5 frames back",
    group: "Playing",
    player: ["Shift+ArrowLeft"],
    typing: ["Alt+Shift+Comma"],
  },
  fiveFramesForward: {
    label: "5 frames forward",
    group: "Playing",
    player: ["Shift+ArrowRight"],
    typing: ["Alt+Shift+Period"],
  },
  clipStart: { label: "Start of the clip", group: "Playing", player: ["Home"], typing: [] },
  clipEnd: { label: "End of the clip", group: "Playing", player: ["End"], typing: [] },
  slower: { label: "Slower", group: "Playing", player: ["Minus"], typing: ["Alt+Minus"] },
  faster: { label: "Faster", group: "Playing", player: ["Equal"], typing: ["Alt+Equal"] },
  rangeStart: {
    label: "Range starts here",
    group: "Range",
    player: ["BracketLeft"],
    typing: ["Alt+BracketLeft"],
  },
  rangeEnd: {
    label: "Range ends here",
    group: "Range",
    player: ["BracketRight"],
    typing: ["Alt+BracketRight"],
  },
  toggleLoop: {
    label: "Loop on or off",
    group: "Range",
    player: ["KeyO"],
    typing: ["Alt+KeyO"],
  },
  clearRange: { label: "Clear the range", group: "Range", player: ["Shift+KeyO"], typing: [] },
  // Not B and Z alone: those belong to the reviewers' rows.
  toggleFaceBoxes: {
    label: "Face boxes on or off",
    group: "Faces",
    player: ["KeyG"],
    typing: ["Alt+KeyB"],
  },
  zoomToFace: {
    label: "Zoom to the main face",
    group: "Faces",
    player: ["KeyF"],
    typing: ["Alt+KeyZ"],
  },
  resetZoom: {
    label: "Show the whole picture",
    group: "Faces",
    player: ["Shift+KeyF"],
    typing: ["Alt+Shift+KeyZ"],
  },
  playSentence: {
    label: "Play this sentence's range",
    group: "Sentences",
    player: ["KeyR"],
    typing: ["Alt+KeyR"],
  },
  sentenceStart: {
    label: "Sentence starts at this frame",
    group: "Sentences",
    player: ["KeyS"],
    typing: ["Alt+KeyS"],
  },
  sentenceEnd: {
    label: "Sentence ends at this frame",
    group: "Sentences",
    player: ["KeyE"],
    typing: ["Alt+KeyE"],
  },
  nextSentence: {
    label: "Next sentence",
    group: "Sentences",
    player: ["ArrowDown"],
    typing: ["Alt+ArrowDown"],
  },
  previousSentence: {
    label: "Previous sentence",
    group: "Sentences",
    player: ["ArrowUp"],
    typing: ["Alt+ArrowUp"],
  },
  phaseBeginning: {
    label: "Phase: beginning",
    group: "Sentences",
    player: ["Digit1"],
    typing: ["Alt+Digit1"],
  },
  phaseProgress: {
    label: "Phase: progress",
    group: "Sentences",
    player: ["Digit2"],
    typing: ["Alt+Digit2"],
  },
  phaseMiddle: {
    label: "Phase: middle",
    group: "Sentences",
    player: ["Digit3"],
    typing: ["Alt+Digit3"],
  },
  phaseEnd: {
    label: "Phase: end",
    group: "Sentences",
    player: ["Digit4"],
    typing: ["Alt+Digit4"],
  },
  markInference: {
    label: "Mark the selection as inference",
    group: "Sentences",
    player: [],
    typing: ["Mod+KeyI"],
  },
  firstDraft: {
    label: "Show or hide draft X",
    group: "Drafts",
    player: ["KeyD"],
    typing: ["Alt+KeyD"],
  },
  secondDraft: {
    label: "Show or hide draft Y",
    group: "Drafts",
    player: ["Shift+KeyD"],
    typing: ["Alt+Shift+KeyD"],
  },
  insertDraftSentence: {
    label: "Insert this draft sentence",
    group: "Drafts",
    player: ["Alt+Enter"],
    typing: [],
  },
  leaveText: { label: "Leave the text", group: "Work", player: [], typing: ["Escape"] },
  returnToText: { label: "Back to the text", group: "Work", player: ["Enter"], typing: [] },
  undo: {
    label: "Undo",
    group: "Work",
    player: ["Mod+KeyZ"],
    typing: ["Mod+KeyZ"],
    isEditorsOwn: true,
  },
  redo: {
    label: "Redo",
    group: "Work",
    player: ["Mod+Shift+KeyZ", "Mod+KeyY"],
    typing: ["Mod+Shift+KeyZ", "Mod+KeyY"],
    isEditorsOwn: true,
  },
  saveNow: { label: "Save now", group: "Work", player: ["Mod+KeyS"], typing: ["Mod+KeyS"] },
  submit: {
    label: "Submit and next",
    group: "Work",
    player: ["Mod+Enter"],
    typing: ["Mod+Enter"],
  },
  skip: { label: "Skip with a reason", group: "Work", player: ["Shift+KeyX"], typing: [] },
  help: { label: "This sheet", group: "Work", player: ["Shift+Slash"], typing: ["F1"] },
} as const satisfies Readonly<Record<string, Keys>>;

/** The actions of every page; no page binds all of them, so a chord may serve two pages. */
const ALL_KEYS = { ...KEYMAP, ...REVIEW_KEYMAP, ...SCREENING_KEYMAP };

export type ActionId = keyof typeof ALL_KEYS;

export const ACTION_IDS = Object.keys(ALL_KEYS).filter((id): id is ActionId => id in ALL_KEYS);

export function keysOf(id: ActionId): Keys {
  return ALL_KEYS[id];
}

const PLAIN_NAMES: Readonly<Record<string, string>> = {
  Comma: ",",
  Period: ".",
  Minus: "-",
  Equal: "=",
  BracketLeft: "[",
  BracketRight: "]",
  Slash: "/",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  Mod: "Ctrl",
};

const MAC_NAMES: Readonly<Record<string, string>> = { Mod: "⌘", Alt: "⌥", Shift: "⇧", Ctrl: "⌃" };

/** The keys of a chord as they stand on the keyboard. */
export function namesOf(chord: string, isMac: boolean): string[] {
  return chord
    .split("+")
    .map(
      (key) =>
        (isMac ? MAC_NAMES[key] : undefined) ?? PLAIN_NAMES[key] ?? key.replace(/^(Key|Digit)/, ""),
    );
}
