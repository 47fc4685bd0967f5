import { Extension } from "@tiptap/core";

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

/** A sentence is one line: Enter and Backspace at its start are told to the list around it. */
export const SentenceKeys = Extension.create({
  name: "sentenceKeys",
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
