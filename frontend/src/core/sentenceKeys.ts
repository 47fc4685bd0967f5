import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

declare module "@tiptap/core" {
  interface EditorEvents {
    /** Enter: the caret's place in code points. */
    splitSentence: { offset: number };
    /** Backspace in front of the first word. */
    joinSentence: { joined: true };
  }
}

/** The editor's own count: position 0 lies outside the paragraph. */
const SENTENCE_START = 1;

/**
 * The browser tells of a moved caret only after keys that are already waiting, so a busy page
 * would let Backspace act where the caret was before End. Telling it again first is harmless.
 */
function readCaret(view: EditorView): boolean {
  if (!view.composing) view.dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
  return false;
}

/** A sentence is one line: Enter and Backspace at its start are told to the list around it. */
export const SentenceKeys = Extension.create({
  name: "sentenceKeys",
  addProseMirrorPlugins() {
    return [new Plugin({ props: { handleDOMEvents: { keydown: readCaret } } })];
  },
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { doc, selection } = editor.state;
        const offset = Array.from(doc.textBetween(0, selection.from)).length;
        editor.emit("splitSentence", { offset });
        return true;
      },
      Backspace: ({ editor }) => {
        const { empty, from } = editor.state.selection;
        if (!empty || from !== SENTENCE_START) return false;
        editor.emit("joinSentence", { joined: true });
        return true;
      },
    };
  },
});
