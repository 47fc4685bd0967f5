import { Mark, mergeAttributes } from "@tiptap/core";

declare module "@tiptap/core" {
  interface Commands<ReturnType> {
    inference: { toggleInference: () => ReturnType };
  }
}

/** Marks words the annotator inferred rather than saw on the face. Its key is in keymap.ts. */
export const InferenceMark = Mark.create({
  name: "inference",
  inclusive: false,
  addAttributes: () => ({ replacement: { default: "", rendered: false } }),
  parseHTML: () => [{ tag: "span[data-inference]" }],
  renderHTML: ({ HTMLAttributes }) => [
    "span",
    mergeAttributes(HTMLAttributes, { "data-inference": "", class: "inference" }),
    0,
  ],
  addCommands() {
    return {
      toggleInference:
        () =>
        ({ commands }) =>
          commands.toggleMark(this.name),
    };
  },
});
