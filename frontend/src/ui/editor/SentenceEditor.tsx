import { Document } from "@tiptap/extension-document";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";
import { UndoRedo } from "@tiptap/extensions";
import type { EditorView } from "@tiptap/pm/view";
import { EditorContent, useEditor } from "@tiptap/react";
import { useEffect, useEffectEvent, useMemo, useState } from "react";

import { readSentence, type SentenceText, writeSentence } from "@/core/captionEditorDocument";
import { InferenceMark } from "@/core/inferenceMark";
import { SentenceKeys } from "@/core/sentenceKeys";
import type { EditorRegistry } from "@/ui/editor/EditorRegistry";
import classes from "@/ui/editor/SentenceEditor.module.css";

const SentenceDocument = Document.extend({ content: "paragraph" });
const EXTENSIONS = [SentenceDocument, Paragraph, Text, UndoRedo, InferenceMark, SentenceKeys];

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

/** A sentence is one line: line breaks of pasted text become spaces, and no format comes along. */
function pasteAsLine(view: EditorView, event: ClipboardEvent): boolean {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  view.dispatch(view.state.tr.insertText(text.replaceAll(/\s*[\r\n]+\s*/g, " ").trim()));
  return true;
}

/** The editor owns the text while it is open. Give it a new `key` to load another text. */
export function SentenceEditor(props: Props) {
  const { id, label, initial, isReadOnly, registry, onFocus } = props;
  const onUpdate = useEffectEvent((text: SentenceText) => props.onChange(text));
  const onSplit = useEffectEvent((offset: number) => props.onSplit?.(offset));
  const onJoin = useEffectEvent(() => props.onJoin?.());
  const editorProps = useMemo(
    () => ({
      attributes: {
        role: "textbox",
        "aria-label": label,
        "aria-multiline": "false",
        "aria-readonly": String(isReadOnly),
      },
      handlePaste: pasteAsLine,
    }),
    [label, isReadOnly],
  );
  // TipTap sets options that are not the same object anew at every render, and with them the
  // selection that it knows: keys pressed since then would be undone.
  const [content] = useState(() => writeSentence(initial));
  const editor = useEditor({
    extensions: EXTENSIONS,
    content,
    editable: !isReadOnly,
    injectCSS: false,
    editorProps,
  });
  // TipTap reads `editable` once, so a later change has to be told to it.
  useEffect(() => {
    editor.setEditable(!isReadOnly, false);
  }, [editor, isReadOnly]);
  useEffect(() => {
    const update = () => onUpdate(readSentence(editor.state.doc));
    const split = ({ offset }: { offset: number }) => onSplit(offset);
    const join = () => onJoin();
    editor.on("update", update).on("splitSentence", split).on("joinSentence", join);
    return () => {
      editor.off("update", update).off("splitSentence", split).off("joinSentence", join);
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
