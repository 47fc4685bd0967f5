import type { Editor } from "@tiptap/core";

type Place = "start" | "end" | number;

/** At once: TipTap's own command waits for a frame, and keys pressed until then go elsewhere. */
function enter(editor: Editor, place: Place): void {
  const places = { start: 0, end: editor.state.doc.content.size };
  editor.commands.setTextSelection(typeof place === "number" ? place : places[place]);
  editor.view.focus();
  editor.commands.scrollIntoView();
}

/** The open sentence editors of a page: who has the caret, and where it goes next. */
export class EditorRegistry {
  private readonly editors = new Map<string, Editor>();
  private awaited: { id: string; place: Place } | null = null;
  private lastId: string | null = null;

  register(id: string, editor: Editor): () => void {
    this.editors.set(id, editor);
    if (this.awaited?.id === id) {
      const { place } = this.awaited;
      this.awaited = null;
      enter(editor, place);
    }
    return () => {
      // A newer editor of the same sentence may have taken the place already.
      if (this.editors.get(id) === editor) this.editors.delete(id);
    };
  }

  focused(id: string): void {
    this.lastId = id;
  }

  /** Puts the caret into a sentence, or as soon as its editor opens. */
  focus(id: string, place: Place = "end"): void {
    const editor = this.editors.get(id);
    if (editor === undefined) this.awaited = { id, place };
    else enter(editor, place);
  }

  /** Waits for an editor that is about to be made anew, even if an old one is still open. */
  focusNext(id: string, place: Place): void {
    this.awaited = { id, place };
  }

  /** Back to the caret where it was; false when no text was open. */
  returnToText(): boolean {
    const editor = this.lastId === null ? undefined : this.editors.get(this.lastId);
    editor?.view.focus();
    return editor !== undefined;
  }

  current(): Editor | null {
    const editors = Array.from(this.editors.values());
    return editors.find((editor) => editor.isFocused) ?? null;
  }
}
