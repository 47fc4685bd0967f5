import { Document } from "@tiptap/extension-document";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";
import { UndoRedo } from "@tiptap/extensions";
import type { EditorView } from "@tiptap/pm/view";
import { EditorContent, useEditor } from "@tiptap/react";
import { useEffect, useEffectEvent } from "react";

import { readSentence, type SentenceText, writeSentence } from "@/core/captionEditorDocument";
import { InferenceMark } from "@/core/inferenceMark";
import type { EditorRegistry } from "@/ui/editor/EditorRegistry";
import classes from "@/ui/editor/SentenceEditor.module.css";

const SentenceDocument = Document.extend({ content: "paragraph" });
const EXTENSIONS = [SentenceDocument, Paragraph, Text, UndoRedo, InferenceMark];

interface Props {
  id: string;
  /** Read out as the name of the text field. */
  label: string;
  initial: SentenceText;
  isReadOnly: boolean;
  registry: EditorRegistry;
  onChange: (text: SentenceText) => void;
  onFocus: () => void;
  /** Enter: the caret's place in code points. */
  onSplit?: (offset: number) => void;
  /** Backspace at the very start. */
  onJoin?: () => void;
}

function caretOffset({ state }: EditorView): number {
  return Array.from(state.doc.textBetween(0, state.selection.from)).length;
}

/** A sentence is one line: line breaks of pasted text become spaces, and no format comes along. */
function pasteAsLine(view: EditorView, event: ClipboardEvent): boolean {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  view.dispatch(view.state.tr.insertText(text.replaceAll(/\s*[\r\n]+\s*/g, " ").trim()));
  return true;
}

/** The editor owns the text while it is open. Give it a new `key` to load another text. */
export function SentenceEditor(props: Props) {
  const { id, label, initial, isReadOnly, registry, onFocus } = props;

  const onKey = useEffectEvent((view: EditorView, event: KeyboardEvent): boolean => {
    if (event.isComposing) return false;
    if (event.key === "Enter") {
      props.onSplit?.(caretOffset(view));
      return true;
    }
    const { empty, from } = view.state.selection;
    if (event.key !== "Backspace" || !empty || from > 1 || props.onJoin === undefined) return false;
    props.onJoin();
    return true;
  });
  const onUpdate = useEffectEvent((text: SentenceText) => props.onChange(text));

  const editor = useEditor({
    extensions: EXTENSIONS,
    content: writeSentence(initial),
    editable: !isReadOnly,
    injectCSS: false,
    editorProps: {
      attributes: { role: "textbox", "aria-label": label, "aria-multiline": "false" },
      handlePaste: pasteAsLine,
    },
  });
  useEffect(() => {
    editor.setOptions({
      editorProps: {
        ...editor.options.editorProps,
        attributes: { role: "textbox", "aria-label": label, "aria-multiline": "false" },
        handleKeyDown: (view, event) => onKey(view, event),
      },
    });
  }, [editor, label]);
  // TipTap reads `editable` once, so a later change has to be told to it.
  useEffect(() => {
    editor.setEditable(!isReadOnly, false);
  }, [editor, isReadOnly]);
  useEffect(() => {
    const listener = () => onUpdate(readSentence(editor.state.doc));
    editor.on("update", listener);
    return () => {
      editor.off("update", listener);
    };
  }, [editor]);
  useEffect(() => registry.register(id, editor), [registry, id, editor]);

  return (
    <EditorContent
      editor={editor}
      className={classes.editor}
      onFocus={() => {
        registry.focused(id);
        onFocus();
      }}
    />
  );
}
