import { ACTION_IDS, type ActionId, type Keys, keysOf } from "./keymap";

/** `typing` while a text has the caret, `player` otherwise. */
export type Mode = "typing" | "player";

/** One thing a person can do: the toolbar, the shortcut and the help sheet are drawn from it. */
export interface Command {
  readonly id: ActionId;
  readonly keys: Keys;
  readonly isEnabled: boolean;
  readonly run: () => void;
}

export interface Handler {
  run: () => void;
  isEnabled?: boolean;
}

export type Handlers = Partial<Record<ActionId, Handler>>;

export type KeyPress = Pick<
  KeyboardEvent,
  "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing"
>;

export function bindCommands(handlers: Handlers): Command[] {
  return ACTION_IDS.flatMap((id) => {
    const handler = handlers[id];
    if (handler === undefined) return [];
    return [{ id, keys: keysOf(id), isEnabled: handler.isEnabled ?? true, run: handler.run }];
  });
}

export function chordOf(press: KeyPress, isMac: boolean): string {
  const mod = isMac ? press.metaKey : press.ctrlKey;
  const ctrl = isMac && press.ctrlKey;
  return [
    mod && "Mod",
    ctrl && "Ctrl",
    press.altKey && "Alt",
    press.shiftKey && "Shift",
    press.code,
  ]
    .filter((part) => part !== false)
    .join("+");
}

function isPressed(chord: string, pressed: string, isMac: boolean): boolean {
  return (isMac ? chord : chord.replace("Ctrl+", "Mod+")) === pressed;
}

/** The enabled command of a key press, if any. Nothing acts while an input method composes. */
export function commandFor(
  commands: readonly Command[],
  press: KeyPress,
  mode: Mode,
  isMac: boolean,
): Command | null {
  if (press.isComposing) return null;
  const pressed = chordOf(press, isMac);
  const found = commands.find(
    ({ keys, isEnabled }) =>
      isEnabled &&
      !(mode === "typing" && keys.isEditorsOwn === true) &&
      keys[mode].some((chord) => isPressed(chord, pressed, isMac)),
  );
  return found ?? null;
}

const TEXTS =
  "textarea, select, [contenteditable='true'], " +
  "input:not([type='checkbox'], [type='radio'], [type='range'], [type='button'], [type='submit'])";

export function modeAt(target: EventTarget | null): Mode {
  return target instanceof Element && target.closest(TEXTS) !== null ? "typing" : "player";
}

const OWN_KEYS: readonly (readonly [selector: string, keys: RegExp])[] = [
  ["button, a[href], summary, [role='button']", /^(Space|Enter)$/],
  ["input[type='checkbox']", /^Space$/],
  [
    "input[type='radio'], input[type='range'], [role='radio'], [role='tab']",
    /^(Arrow|Home|End|Space)/,
  ],
  ["[role='menu'], [role='listbox']", /./],
];

/** Whether the focused control needs this key itself: a button its Space, a slider its arrows. */
export function isControlsOwn(target: EventTarget | null, press: KeyPress): boolean {
  if (!(target instanceof Element)) return false;
  if (press.ctrlKey || press.metaKey || press.altKey) return false;
  return OWN_KEYS.some(
    ([selector, keys]) => keys.test(press.code) && target.closest(selector) !== null,
  );
}

export function isMacPlatform(userAgent = navigator.userAgent): boolean {
  return /Macintosh|iPad|iPhone/.test(userAgent);
}
