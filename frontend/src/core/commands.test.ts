// @vitest-environment jsdom
import { describe, expect, test, vi } from "vitest";

import {
  bindCommands,
  chordOf,
  commandFor,
  isControlsOwn,
  type KeyPress,
  modeAt,
} from "./commands";
import { ACTION_IDS, type ActionId, KEYMAP, keysOf, namesOf } from "./keymap";
import { REVIEW_KEYMAP } from "./reviewKeymap";
import { SCREENING_KEYMAP } from "./screeningKeymap";

function press(code: string, held: Partial<KeyPress> = {}): KeyPress {
  return {
    code,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    ...held,
  };
}

function bindAll(ids: readonly ActionId[]) {
  return bindCommands(Object.fromEntries(ids.map((id) => [id, { run: vi.fn() }])));
}

const WORKSPACE = ACTION_IDS.filter((id) => id in KEYMAP);
const SHARED = WORKSPACE.filter(
  (id) =>
    ["Playing", "Range", "Faces"].includes(keysOf(id).group) ||
    ["markInference", "leaveText", "returnToText", "undo", "redo", "saveNow", "help"].includes(id),
);
const ROWS = ACTION_IDS.filter((id) => id in REVIEW_KEYMAP && !id.startsWith("mark"));
const MARKS = ACTION_IDS.filter((id) => id in REVIEW_KEYMAP && !/^(take|merge)/.test(id));
const SCREENING = ACTION_IDS.filter(
  (id) =>
    id in SCREENING_KEYMAP ||
    (id !== "togglePlay" && ["Playing", "Range", "Faces"].includes(keysOf(id).group)) ||
    id === "help",
);

const PAGES: [page: string, ids: ActionId[]][] = [
  ["the workspace", WORKSPACE],
  ["rows", [...SHARED, ...ROWS]],
  ["marks", [...SHARED, ...MARKS]],
  ["the screening", SCREENING],
];

const all = bindAll(WORKSPACE);

describe("the map", () => {
  test.each(PAGES)("no chord has two meanings on the page of %s", (_page, ids) => {
    for (const mode of ["player", "typing"] as const) {
      const chords = ids.flatMap((id) => keysOf(id)[mode]);
      expect(chords).toEqual([...new Set(chords)]);
    }
  });

  test("while typing, only modified keys, function keys and Escape act", () => {
    for (const chord of ACTION_IDS.flatMap((id) => keysOf(id).typing)) {
      expect(chord).toMatch(/^((Mod|Alt|Ctrl)\+|F\d+$|Escape$)/);
    }
  });

  test("no chord belongs to AltGr, the browser or the caret", () => {
    for (const chord of ACTION_IDS.flatMap((id) => [...keysOf(id).player, ...keysOf(id).typing])) {
      expect(chord).not.toMatch(/(Mod|Ctrl)\+.*Alt|Alt\+.*(Mod|Ctrl)/);
      expect(chord).not.toMatch(/^(Mod|Ctrl)\+(KeyW|KeyT|KeyN|Tab)$/);
      expect(chord).not.toMatch(/^Alt\+Arrow(Left|Right)$/);
    }
  });

  test("names read as the keys do", () => {
    expect(namesOf("Mod+Shift+KeyZ", false)).toEqual(["Ctrl", "Shift", "Z"]);
    expect(namesOf("Mod+KeyI", true)).toEqual(["⌘", "I"]);
    expect(namesOf("Alt+BracketLeft", false)).toEqual(["Alt", "["]);
    expect(namesOf("Digit1", false)).toEqual(["1"]);
  });
});

describe("a key press", () => {
  test.each(PAGES)("every chord finds its command on the page of %s", (_page, ids) => {
    const bound = bindAll(ids);
    for (const mode of ["player", "typing"] as const) {
      for (const command of bound) {
        for (const chord of command.keys[mode]) {
          const keys = chord.split("+");
          const held = press(keys.at(-1) ?? "", {
            ctrlKey: keys.includes("Mod") || keys.includes("Ctrl"),
            altKey: keys.includes("Alt"),
            shiftKey: keys.includes("Shift"),
          });
          const isEditors = mode === "typing" && command.keys.isEditorsOwn === true;
          expect(commandFor(bound, held, mode, false)?.id).toBe(isEditors ? undefined : command.id);
        }
      }
    }
  });

  test("a letter types while a text has the caret", () => {
    expect(commandFor(all, press("KeyK"), "player", false)?.id).toBe("togglePlay");
    expect(commandFor(all, press("KeyK"), "typing", false)).toBeNull();
  });

  test("does nothing while an input method composes", () => {
    expect(commandFor(all, press("KeyK", { isComposing: true }), "player", false)).toBeNull();
  });

  test("with a modifier more is another chord", () => {
    expect(commandFor(all, press("KeyK", { ctrlKey: true }), "player", false)).toBeNull();
    expect(
      commandFor(all, press("KeyS", { ctrlKey: true, altKey: true }), "player", false),
    ).toBeNull();
  });

  test("on macOS the command key stands for Ctrl, and Ctrl+Space stays", () => {
    expect(commandFor(all, press("KeyS", { metaKey: true }), "typing", true)?.id).toBe("saveNow");
    expect(commandFor(all, press("KeyS", { ctrlKey: true }), "typing", true)).toBeNull();
    expect(commandFor(all, press("Space", { ctrlKey: true }), "typing", true)?.id).toBe(
      "togglePlay",
    );
    expect(chordOf(press("KeyZ", { metaKey: true, shiftKey: true }), true)).toBe("Mod+Shift+KeyZ");
  });

  test("a disabled command does not act", () => {
    const disabled = bindCommands({ saveNow: { run: vi.fn(), isEnabled: false } });
    expect(commandFor(disabled, press("KeyS", { ctrlKey: true }), "typing", false)).toBeNull();
  });
});

describe("where the focus is", () => {
  function element(html: string): Element {
    const box = document.createElement("div");
    box.innerHTML = html;
    return box.querySelector("[data-it]") ?? box;
  }

  test.each([
    ["<textarea data-it></textarea>", "typing"],
    ["<input data-it>", "typing"],
    ["<input type='text' data-it>", "typing"],
    ["<select data-it></select>", "typing"],
    ["<div contenteditable='true'><p data-it>text</p></div>", "typing"],
    ["<input type='range' data-it>", "player"],
    ["<input type='checkbox' data-it>", "player"],
    ["<button data-it>Play</button>", "player"],
  ])("%s is %s mode", (html, mode) => {
    expect(modeAt(element(html))).toBe(mode);
    expect(modeAt(null)).toBe("player");
  });

  test.each([
    ["<button data-it>Play</button>", "Space", true],
    ["<button data-it>Play</button>", "KeyK", false],
    ["<a href='/' data-it>Go</a>", "Enter", true],
    ["<input type='range' data-it>", "ArrowLeft", true],
    ["<input type='radio' data-it>", "ArrowDown", true],
    ["<div role='menu'><button data-it></button></div>", "KeyS", true],
    ["<p data-it></p>", "Space", false],
  ])("%s keeps %s: %s", (html, code, isOwn) => {
    expect(isControlsOwn(element(html), press(code))).toBe(isOwn);
  });

  test("a modified key is nobody's own", () => {
    const button = element("<button data-it></button>");
    expect(isControlsOwn(button, press("Enter", { ctrlKey: true }))).toBe(false);
    expect(isControlsOwn(null, press("Enter"))).toBe(false);
  });
});
