import { render, screen } from "@testing-library/react";
import type { Editor } from "@tiptap/react";
import { expect, test, vi } from "vitest";

import { EditorRegistry } from "./EditorRegistry";
import { SentenceEditor } from "./SentenceEditor";

test("a re-render leaves the editor's state and selection alone", async () => {
  const registry = new EditorRegistry();
  const sentence = (text: string) => (
    <SentenceEditor
      id="s1"
      label="Summary"
      initial={{ text, inferences: [] }}
      isReadOnly={false}
      registry={registry}
      onChange={() => undefined}
      onFocus={() => undefined}
    />
  );
  const { rerender } = render(sentence("A man smiles."));
  const box = await screen.findByRole("textbox", { name: "Summary" });
  const { editor } = box as HTMLElement & { editor: Editor };
  const updateState = vi.spyOn(editor.view, "updateState");

  rerender(sentence("A man smiles."));

  expect(updateState).not.toHaveBeenCalled();
  editor.commands.insertContentAt(1, "So ");
  expect(box).toHaveTextContent("So A man smiles.");
});
