import { fireEvent, render, screen } from "@testing-library/react";
import type { Editor } from "@tiptap/react";
import { expect, test, vi } from "vitest";

import { EditorRegistry } from "./EditorRegistry";
import { SentenceEditor } from "./SentenceEditor";

function sentenceEditor(onSplit: (offset: number) => void = () => undefined) {
  const registry = new EditorRegistry();
  return (
    <SentenceEditor
      id="s1"
      label="Summary"
      initial={{ text: "A man smiles.", inferences: [] }}
      isReadOnly={false}
      registry={registry}
      onChange={() => undefined}
      onFocus={() => undefined}
      onSplit={onSplit}
    />
  );
}

async function openEditor() {
  const box = await screen.findByRole("textbox", { name: "Summary" });
  return { box, editor: (box as HTMLElement & { editor: Editor }).editor };
}

test("a re-render leaves the editor's state and selection alone", async () => {
  const element = sentenceEditor();
  const { rerender } = render(element);
  const { box, editor } = await openEditor();
  const updateState = vi.spyOn(editor.view, "updateState");

  rerender({ ...element });

  expect(updateState).not.toHaveBeenCalled();
  editor.commands.insertContentAt(1, "So ");
  expect(box).toHaveTextContent("So A man smiles.");
});

test("a key acts at the caret that is seen, even before the browser tells where it is", async () => {
  const onSplit = vi.fn();
  render(sentenceEditor(onSplit));
  const { box, editor } = await openEditor();
  editor.commands.focus("start", { scrollIntoView: false });
  await vi.waitFor(() => expect(box).toHaveFocus());
  const told = (event: Event) => event.isTrusted && event.stopImmediatePropagation();
  document.addEventListener("selectionchange", told, true);

  document.getSelection()?.collapse(box.querySelector("p")?.firstChild ?? null, 5);
  fireEvent.keyDown(box, { key: "Enter" });

  document.removeEventListener("selectionchange", told, true);
  expect(onSplit).toHaveBeenCalledWith(5);
});
